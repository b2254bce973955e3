import type { EvaluationResult, SimulateCustomPolicyCommandInput, Statement as MatchedStatement } from '@aws-sdk/client-iam'
import type { Operations, Principal } from '../../service.ts'
import type { Decision, Question } from '../authority.ts'
import { contextKeys } from '../context-keys.ts'
import { decide, ruleFor } from '../decide.ts'
import type { Policies } from '../decide.ts'
import { invalidInput, noSuchRole, noSuchUser } from '../errors.ts'
import { identityPolicies, managedSource } from '../identity.ts'
import type { Source } from '../identity.ts'
import { page } from '../page.ts'
import type { ContextKeys } from '../policy/conditions.ts'
import { createPolicyCache } from '../policy/document.ts'
import type { PolicyCache } from '../policy/document.ts'
import { appliesTo, namedIn } from '../policy/evaluate.ts'
import type { Request } from '../policy/evaluate.ts'
import { statementSpans } from '../policy/positions.ts'
import { checkIdentityPolicy } from '../policy/validate.ts'
import { own, parseEntityArn } from '../state.ts'
import type { Entity, Iam } from '../state.ts'

type Asked = Pick<SimulateCustomPolicyCommandInput, 'ActionNames' | 'ResourceArns' | 'ResourcePolicy' | 'ContextEntries' | 'Marker' | 'MaxItems'>
type Decided = 'allowed' | 'explicitDeny' | 'implicitDeny'
type Simulation = { iam: Iam, principal: Principal, roleArn?: string, identity: Source[], boundary?: Source, asked: Asked, compiled: PolicyCache }

/**
 * The policy simulator. It reads policies as they are stored: what a service still sees of older ones (E2.8) does not concern it. Resource policies count only when
 * they are passed (E2.7). OrganizationsDecisionDetail is absent, as for an account outside of an organization.
 */
export function simulations(iam: Iam): Operations<'iam'> {
  const compiled = createPolicyCache()

  return {
    SimulatePrincipalPolicy({ PolicySourceArn, PolicyInputList, PermissionsBoundaryPolicyInputList, ...asked }) {
      const entity = entityAt(iam, PolicySourceArn)
      const isRole = parseEntityArn(entity.arn, 'role') !== undefined
      const boundary = inputs(PermissionsBoundaryPolicyInputList, 'PermissionsBoundaryPolicyInputList')[0]
        ?? (entity.boundary === undefined ? undefined : managedSource(iam.state, entity.boundary))
      const identity = [...identityPolicies(iam.state, entity), ...inputs(PolicyInputList, 'PolicyInputList')]
      return simulate({ iam, principal: principalOf(iam, entity, isRole), roleArn: isRole ? entity.arn : undefined, identity, boundary, asked, compiled })
    },

    SimulateCustomPolicy({ PolicyInputList, PermissionsBoundaryPolicyInputList, CallerArn, ...asked }) {
      const arn = CallerArn ?? `arn:aws:iam::${iam.account}:user/simulated`
      const principal: Principal = { kind: 'user', account: iam.account, arn, userId: '', userName: arn.slice(arn.lastIndexOf('/') + 1) }
      const boundary = inputs(PermissionsBoundaryPolicyInputList, 'PermissionsBoundaryPolicyInputList')[0]
      return simulate({ iam, principal, identity: inputs(PolicyInputList, 'PolicyInputList'), boundary, asked, compiled })
    },
  }
}

function simulate(simulation: Simulation) {
  const { asked } = simulation
  const resources = asked.ResourceArns?.length ? asked.ResourceArns : ['*']
  const results = (asked.ActionNames ?? []).map((action): EvaluationResult => {
    const found = resources.map((resource) => ({ resource, ...decided(simulation, action, resource) }))
    const [only] = found
    return {
      EvalActionName: action,
      // Differs from AWS: several resources are answered there under a template of the action's ARN
      EvalResourceName: found.length === 1 ? only!.resource : '*',
      EvalDecision: overall(found.map(({ decision }) => decision)),
      MatchedStatements: found.flatMap(({ matched }) => matched),
      MissingContextValues: asked.ResourceArns?.length ? [] : only!.missing,
      EvalDecisionDetails: {},
      PermissionsBoundaryDecisionDetail: only!.boundaryDetail,
      ResourceSpecificResults: found.map(({ resource, decision, matched, missing, boundaryDetail }) => ({
        EvalResourceName: resource,
        EvalResourceDecision: decision,
        MatchedStatements: matched,
        MissingContextValues: missing,
        PermissionsBoundaryDecisionDetail: boundaryDetail,
      })),
    }
  })
  const { items, paging } = page(results, asked)
  return { EvaluationResults: items, ...paging }
}

/** One resource that may be used makes the action "allowed"; the single answers are in ResourceSpecificResults. */
const overall = (decisions: Decided[]): Decided =>
  (['allowed', 'explicitDeny'] as const).find((decision) => decisions.includes(decision)) ?? 'implicitDeny'

const decisionOf = (answer: Decision): Decided => {
  if (answer.allowed) return 'allowed'
  return answer.explicit ? 'explicitDeny' : 'implicitDeny'
}

function decided({ iam, principal, roleArn, identity, boundary, asked, compiled }: Simulation, action: string, resource: string) {
  const question: Question = { principal, action, resource }
  const request: Request = { principal, roleArn, action, resource, keys: simulatedKeys(question, asked, { roleArn, now: iam.now() }) }
  const policies: Policies = { rule: asked.ResourcePolicy === undefined ? 'either' : ruleFor(question), identity, boundary, resource: asked.ResourcePolicy }
  const answer = decide(question, request, policies, compiled)

  const decision = decisionOf(answer)
  const sources = [...identity, ...boundary ? [boundary] : [], ...asked.ResourcePolicy === undefined ? [] : [{ name: 'ResourcePolicy', document: asked.ResourcePolicy }]]
  const effect = decision === 'allowed' ? 'Allow' : 'Deny'
  return {
    decision,
    matched: decision === 'implicitDeny' ? [] : sources.flatMap((source) => matches(source, request, effect, compiled)),
    missing: missingKeys(sources, request, compiled),
    boundaryDetail: boundary && { AllowedByPermissionsBoundary: answer.allowed || answer.by !== 'permissions boundary' },
  }
}

/** The statements that led to the decision: one deny is all that is told. */
function matches({ name, document }: Source, request: Request, effect: 'Allow' | 'Deny', compiled: PolicyCache): MatchedStatement[] {
  const spans = statementSpans(document)
  return compiled(document).statements.flatMap((statement, index) => {
    if (statement.effect !== effect || !appliesTo(statement, request)) return []
    if ((statement.principal ?? statement.notPrincipal) !== undefined && !namedIn(statement, request)) return []
    return [{ SourcePolicyId: name, SourcePolicyType: 'IAM Policy' as never, ...spans[index] }]
  })
}

/** Keys that the conditions ask for and nobody gave, in the statements about this action. */
function missingKeys(sources: Source[], { action, keys }: Request, compiled: PolicyCache): string[] {
  const asked = sources.flatMap(({ document }) => compiled(document).statements)
    .filter((statement) => statement.action(action, () => undefined))
    .flatMap(({ conditions }) => conditions.map(({ key }) => key))
  return [...new Set(asked)].filter((key) => keys(key.toLowerCase()) === undefined)
}

/** What the caller of the simulator gave comes before what is known about the principal. */
function simulatedKeys(question: Question, { ContextEntries = [] }: Asked, about: { roleArn?: string, now: number }): ContextKeys {
  const given = new Map(ContextEntries.map(({ ContextKeyName = '', ContextKeyValues = [] }) => [ContextKeyName.toLowerCase(), ContextKeyValues]))
  const known = contextKeys(question, about)
  return (key) => given.get(key) ?? known(key)
}

const inputs = (documents: string[] | undefined, list: string): Source[] =>
  (documents ?? []).map((document, index) => ({ name: `${list}.${index + 1}`, document: checkIdentityPolicy(document) }))

function entityAt({ account, state }: Iam, arn = ''): Entity {
  const role = parseEntityArn(arn, 'role')
  const user = parseEntityArn(arn, 'user')
  if ((role ?? user)?.account !== account) throw invalidInput(`Invalid Entity Arn: ${arn} does not clearly define entity type and name.`)
  const entity = role ? own(state.roles, role.name) : own(state.users, user!.name)
  if (!entity) throw role ? noSuchRole(role.name) : noSuchUser(user!.name)
  return entity
}

const principalOf = ({ account }: Iam, { name, arn, id }: Entity, isRole: boolean): Principal => isRole
  ? { kind: 'session', account, arn: `arn:aws:sts::${account}:assumed-role/${name}/simulated`, userId: `${id}:simulated`, roleName: name }
  : { kind: 'user', account, arn, userId: id, userName: name }
