import { IAM } from '@aws-sdk/client-iam'
import type { CredentialsFacts, MachineFacts } from '../../mistakes/index.ts'
import type { AwsAccess } from './aws-access.ts'

/** What deploy and verify do themselves (the stack is made by the CDK's role), each on the resource on which they do it. */
const wanted = (account: string, region: string, suffix?: string): [string, string][] => {
  const named = (name: string) => suffix ? `${name}-${suffix}` : name
  const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`
  return [
    ['sts:AssumeRole', `arn:aws:iam::${account}:role/cdk-hnb659fds-deploy-role-${account}-${region}`],
    ['cloudformation:DescribeStacks', arn('cloudformation', `stack/${named('ChatStack')}/*`)],
    ['apigateway:GET', `arn:aws:apigateway:${region}::/apis`],
    ['lambda:InvokeFunction', arn('lambda', `function:${named('putConnectedClientToDDB')}`)],
    ['dynamodb:Scan', arn('dynamodb', `table/${named('WebsocketConnection')}`)],
    ['logs:FilterLogEvents', arn('logs', `log-group:/aws/lambda/${named('putConnectedClientToDDB')}:*`)],
  ]
}

/**
 * A quick look by the policy simulator: it knows identity policies, and not those of the organization. Rejects where nobody may ask it.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
export async function probePermissions({ client }: AwsAccess, { account, identity }: CredentialsFacts, suffix?: string): Promise<MachineFacts['permissions']> {
  if (identity!.endsWith(':root')) return { denied: [], asked: 0 }

  const iam = new IAM(client)
  const principal = await principalOf(iam, identity!)
  const questions = wanted(account!, client.region, suffix)
  const answers = await Promise.all(questions.map(([action, resource]) =>
    iam.simulatePrincipalPolicy({ PolicySourceArn: principal, ActionNames: [action], ResourceArns: [resource] })))
  const denied = questions.filter((_, i) => answers[i]!.EvaluationResults?.[0]?.EvalDecision !== 'allowed').map(([action]) => action)
  return { denied, asked: questions.length }
}

/** The simulator takes users and roles; the ARN of a session lacks its role's path, which only the role itself tells. */
async function principalOf(iam: IAM, identity: string) {
  const [, role] = /:assumed-role\/([^/]+)\//.exec(identity) ?? []
  return role ? (await iam.getRole({ RoleName: role })).Role!.Arn! : identity
}
