import { malformed } from '../errors.ts'
import type { RawPolicy, RawStatement } from './document.ts'
import { listOf } from './document.ts'

const ELEMENTS = new Set(['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Principal', 'NotPrincipal', 'Condition'])
const VERSIONS = new Set(['2008-10-17', '2012-10-17'])
const SYNTAX = 'Syntax errors in policy.'
const STS_ACTIONS = /^sts:(assumerole|assumerolewithsaml|assumerolewithwebidentity|tagsession|setsourceidentity|setcontext|\*)$/i

/**
 * Checks a policy of a user or role, managed or inline. Answers the text to store.
 *
 * Throws AwsError `MalformedPolicyDocument` with AWS's texts.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function checkIdentityPolicy(json: string | undefined): string {
  statementsIn(json).forEach(checkIdentityStatement)
  return json!
}

/** A managed policy must be of the newer version, and what is not JSON is answered in other words. */
export function checkManagedPolicy(json: string | undefined): string {
  const statements = statementsIn(json, SYNTAX)
  if ((JSON.parse(json!) as RawPolicy).Version !== '2012-10-17') throw malformed('Policy document must be version 2012-10-17 or greater.')
  statements.forEach(checkIdentityStatement)
  return json!
}

function checkIdentityStatement(statement: RawStatement) {
  if (has(statement, 'Principal') || has(statement, 'NotPrincipal')) throw malformed('Policy document should not specify a principal.')
  const resources = listOf(statement.Resource ?? statement.NotResource)
  if (resources.length === 0) throw malformed('Policy statement must contain resources.')
  resources.forEach(checkResource)
}

/** Checks a trust policy: who may assume the role. */
export function checkTrustPolicy(json: string | undefined): string {
  for (const statement of statementsIn(json)) {
    if (has(statement, 'Resource') || has(statement, 'NotResource')) throw malformed('Has prohibited field Resource')
    if (!has(statement, 'Principal') && !has(statement, 'NotPrincipal')) throw malformed('Missing required field Principal')
    if (!listOf(statement.Action).every((action) => STS_ACTIONS.test(action))) throw malformed('AssumeRole policy may only specify STS AssumeRole actions.')
    checkPrincipal(statement.Principal ?? statement.NotPrincipal)
  }
  return json!
}

/** Whether a resource's policy has the form of one, so that it can be weighed; what it says is its service's affair. */
export function isResourcePolicy(json: string): boolean {
  try {
    const policy = JSON.parse(json) as unknown
    return isObject(policy) && policy.Statement !== undefined && listOf(policy.Statement).every((statement) => isStatement(statement) && isPrincipal(statement.Principal ?? statement.NotPrincipal))
  } catch {
    return false
  }
}

const isPrincipal = (principal: unknown) => principal === undefined || principal === '*' || (isObject(principal) && Object.values(principal).every(isTexts))

function statementsIn(json: string | undefined, whenNotJson = 'This policy contains invalid Json'): RawStatement[] {
  const policy = parsed(json, whenNotJson)
  if (!isObject(policy)) throw malformed(SYNTAX)
  const { Version, Statement } = policy as Partial<RawPolicy>
  if (Version !== undefined && !VERSIONS.has(Version)) throw malformed(SYNTAX)
  if (!Object.keys(policy).every((key) => ['Version', 'Id', 'Statement'].includes(key))) throw malformed(SYNTAX)

  const statements = listOf(Statement)
  if (statements.length === 0 || !statements.every(isStatement)) throw malformed(SYNTAX)
  const sids = statements.flatMap(({ Sid }) => Sid || [])
  if (new Set(sids).size < sids.length) throw malformed('Statement IDs (SID) in a single policy must be unique.')
  for (const statement of statements) checkActions(statement)
  return statements
}

function parsed(json: string | undefined, whenNotJson: string): unknown {
  try {
    return JSON.parse(json ?? '')
  } catch {
    throw malformed(whenNotJson)
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const isTexts = (value: unknown) => value === undefined || listOf(value).every((entry) => typeof entry === 'string')
const has = (statement: RawStatement, element: keyof RawStatement) => statement[element] !== undefined

const isScalar = (value: unknown) => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
const isConditionKeys = (keys: unknown) => isObject(keys) && Object.values(keys).every((values) => listOf(values as unknown).every(isScalar))

function isStatement(value: unknown): value is RawStatement {
  if (!isObject(value) || !Object.keys(value).every((key) => ELEMENTS.has(key))) return false
  return (value.Effect === 'Allow' || value.Effect === 'Deny')
    && isTexts(value.Action) && isTexts(value.NotAction) && isTexts(value.Resource) && isTexts(value.NotResource)
    && (value.Sid === undefined || typeof value.Sid === 'string')
    && (value.Condition === undefined || (isObject(value.Condition) && Object.values(value.Condition).every(isConditionKeys)))
}

function checkActions(statement: RawStatement) {
  if (statement.Sid !== undefined && !/^[0-9A-Za-z]*$/.test(statement.Sid))
    throw malformed('Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*')
  const actions = listOf(statement.Action ?? statement.NotAction)
  if (actions.length === 0) throw malformed('Policy statement must contain actions.')
  for (const action of actions) {
    if (action === '*') continue
    const [vendor, ...rest] = action.split(':')
    if (rest.length === 0) throw malformed('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.')
    if (rest.length > 1) throw malformed('Actions/Condition can contain only one colon.')
    if (!/^[a-zA-Z0-9-]+$/.test(vendor!)) throw malformed(`Vendor ${vendor} is not valid`)
  }
}

function checkResource(resource: string) {
  if (resource === '*') return
  const parts = resource.split(':')
  if (parts[0] !== 'arn' || parts.length < 6) throw malformed(`Resource ${resource} must be in ARN format or "*".`)
  if (!/^(aws|aws-cn|aws-us-gov|\*)$/.test(parts[1]!)) throw malformed(`Partition "${parts[1]}" is not valid for resource "${resource}".`)
  if (/[*?]/.test(parts[2]!)) throw malformed('Resource vendor must be fully qualified and cannot contain regexes.')
}

function checkPrincipal(principal: unknown) {
  if (principal === '*') return
  if (!isObject(principal) || !Object.values(principal).every(isTexts)) throw malformed(SYNTAX)
  for (const value of listOf(principal.AWS as string | string[] | undefined))
    if (value !== '*' && !/^(\d{12}|arn:aws:(iam|sts)::\d{12}:[^*]+)$/.test(value)) throw malformed(`Invalid principal in policy: "AWS":"${value}"`)
  for (const value of listOf(principal.Service as string | string[] | undefined))
    if (!/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(value)) throw malformed(`Invalid principal in policy: "SERVICE":"${value}"`)
}
