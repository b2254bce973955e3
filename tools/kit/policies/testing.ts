import { readFileSync } from 'node:fs'
import path from 'node:path'
import { localCloud, type ChosenCloud } from '../../lib/cloud.ts'
import { root } from '../../lib/paths.ts'
import { startTestCloud } from '../../local-aws/testing.ts'
import { openAws, type Aws } from '../../verify/aws.ts'
import { createWorkbenches } from '../deployer/testing.ts'

export type Statement = { Sid: string, Effect: string, Action: string[], Resource: string | string[], Condition?: object }
export type Policy = { Version: string, Statement: Statement[] }
/** One action of one statement. */
export type Right = { sid: string, action: string, resource: Statement['Resource'] }

/** Statements that only AWS's own resource handlers need begin so; the local AWS cannot prove them. */
export const ONLY_ON_AWS = /^OnAws/

export const policyFile = (name: string) => path.join(root, 'docs/policies', `${name}.json`)
export const readPolicy = (name: string): Policy => JSON.parse(readFileSync(policyFile(name), 'utf8'))

/** Every right that the local AWS can prove. */
export const rightsIn = ({ Statement }: Policy): Right[] =>
  Statement.filter(({ Sid }) => !ONLY_ON_AWS.test(Sid)).flatMap(({ Sid, Action, Resource }) => Action.map((action) => ({ sid: Sid, action, resource: Resource })))

/** Whether two rights allow the same, whatever their statements are called. */
export const isSame = (one: Right, other: Right) => one.action === other.action && String(one.resource) === String(other.resource)

/** The policy with one action less; a statement without actions goes. */
export const without = (policy: Policy, { sid, action }: Right): Policy => ({
  ...policy,
  Statement: policy.Statement
    .map((statement) => statement.Sid === sid ? { ...statement, Action: statement.Action.filter((one) => one !== action) } : statement)
    .filter(({ Action }) => Action.length > 0),
})

/** A policy that somebody has, to be replaced by another. */
export type Grant = { allow(policy: Policy): Promise<void> }

/** For tests: a local AWS with people in it who may do exactly what a policy says. */
export async function policyStage() {
  const local = await startTestCloud()
  const admin = localCloud(local)
  const aws = openAws(admin)
  const { workbench, remove } = createWorkbenches(admin)
  const { client } = admin
  const denied: string[] = []
  local.events.on((event) => { if (event.kind === 'decision' && !event.allowed) denied.push(`${event.principal.split(':').at(-1)} ${event.action}`) })

  return {
    admin, aws, workbench, denied,

    /** A user with this policy and no other. */
    async person(name: string, policy: Policy): Promise<Grant & { cloud: ChosenCloud }> {
      await aws.iam.createUser({ UserName: name })
      const { AccessKey } = await aws.iam.createAccessKey({ UserName: name })
      const { arn, allow } = await managedPolicy(aws, name, policy)
      await aws.iam.attachUserPolicy({ UserName: name, PolicyArn: arn })
      const keys = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! }
      return { allow, cloud: { ...localCloud({ ...local, keys }), identity: `arn:aws:iam::${local.account}:user/${name}`, client: { ...client, credentials: keys } } }
    },

    /** What `cdk bootstrap --cloudformation-execution-policies` does: the role that CloudFormation works as has this policy and no other. */
    async execution(policy: Policy): Promise<Grant> {
      const RoleName = `cdk-hnb659fds-cfn-exec-role-${local.account}-${local.region}`
      await aws.iam.detachRolePolicy({ RoleName, PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' })
      const { arn, allow } = await managedPolicy(aws, 'execution', policy)
      await aws.iam.attachRolePolicy({ RoleName, PolicyArn: arn })
      return { allow }
    },

    async stop() {
      remove()
      aws.close()
      await local.stop()
    },
  }
}

async function managedPolicy({ iam }: Aws, PolicyName: string, policy: Policy) {
  const { Policy: made } = await iam.createPolicy({ PolicyName, PolicyDocument: JSON.stringify(policy) })
  const PolicyArn = made!.Arn!
  let version = 'v1'
  return {
    arn: PolicyArn,
    async allow(other: Policy) {
      const { PolicyVersion } = await iam.createPolicyVersion({ PolicyArn, PolicyDocument: JSON.stringify(other), SetAsDefault: true })
      await iam.deletePolicyVersion({ PolicyArn, VersionId: version })
      version = PolicyVersion!.VersionId!
    },
  }
}
