import { KitError, type Failure } from '../../lib/kit-error.ts'
import { causesOf, type Cause, type Evidence } from '../../mistakes/index.ts'
import { earlyFinding } from './early-validation.ts'

export type DeployFailureParts = {
  /** where it ended: reading the code, building the stack, in CloudFormation, or by no longer waiting */
  phase: 'bundle' | 'synth' | 'stack' | 'timeout' | 'stopped'
  /** one past-tense sentence, without the reason */
  what: string
  /** `steps/01-connect/connect.ts:12:3`, `resource ApiF70053CD`, or both */
  where?: string
  /** the words of esbuild, of the CDK, or of the first failed stack event */
  reason: string
  /** where no mistake is known that ends a deploy like this */
  next?: string
}

/** Why a tree could not be deployed or destroyed. Carries no stack trace to show: what it names is the participant's, not the kit's. */
export class DeployFailure extends KitError {
  readonly phase: DeployFailureParts['phase']
  readonly reason: string
  /** the mistakes that end a deploy with these words, the likeliest first; none where the kit does not know */
  readonly causes: Cause[]

  constructor({ phase, what, where, reason, next }: DeployFailureParts, options?: ErrorOptions) {
    const causes = causesOf(evidenceOf({ what, reason }))
    super({ what: `${what}: ${reason}`, where, next, ...told(causes) }, options)
    this.name = 'DeployFailure'
    this.phase = phase
    this.reason = reason
    this.causes = causes
  }
}

/** A failed deploy as the mistakes see it: the check `deploys`, of whichever step. */
const evidenceOf = ({ what, reason }: { what: string, reason: string }): Evidence => ({
  step: Infinity, check: 'deploys', seen: what, log: reason, source: '', frames: [], denied: [], allowed: [], chat: { functions: {} },
})

function told([likeliest, ...others]: Cause[]): Partial<Failure> {
  if (!likeliest) return {}
  const { id, mistake: { cause, fix } } = likeliest
  return { cause, next: fix, more: `npm run explain ${id}${others.length > 0 ? `   or it is ${others.map((other) => other.id).join(', ')}` : ''}` }
}

/** A resource's event in CloudFormation, as far as it matters here. */
export type ResourceEvent = {
  kind: 'resource'
  logicalId: string
  type: string
  status: string
  reason?: string
  /** the construct's path in the stack, such as `Api/$connect-Route`; unknown for what the template no longer has */
  path?: string
}

/** The first thing that went wrong. What CloudFormation cancels because of it, and the stack's own summary, explain nothing. */
export function firstFailed(events: ResourceEvent[]) {
  const failed = events.filter(({ status }) => status.endsWith('_FAILED'))
  return failed.find(({ type, reason = '' }) => type !== 'AWS::CloudFormation::Stack' && !/cancell?ed/i.test(reason)) ?? failed[0]
}

const NAME_TAKEN = 'Delete the other one if it is yours. In a shared account add a suffix: npm run use aws suffix=ada'

type Heard = {
  events: ResourceEvent[]
  /** why the keys could not be asked whose they are */
  noAccount?: string
  /** the line that makes a resource */
  placeOf?(logicalId: string): string | undefined
}

/** A failure of CloudFormation: from the first failed event or what early validation found where there is one, else from the error. */
export function stackFailure(stackName: string, verb: 'deployed' | 'destroyed', { events, noAccount, placeOf }: Heard, error: unknown) {
  const failed = firstFailed(events) ?? earlyFinding(error)
  if (failed) {
    const { logicalId, type, status, path = '', reason = 'CloudFormation gave no reason' } = failed
    const done = { CREATE: 'created', UPDATE: 'updated', DELETE: 'deleted' }[status.split('_')[0]!] ?? verb
    return new DeployFailure({
      phase: 'stack',
      what: `${[type, path.replace(/\/Resource$/, '')].filter(Boolean).join(' ')} could not be ${done}`,
      reason: oneLine(reason),
      where: [placeOf?.(logicalId), `resource ${logicalId}`].filter(Boolean).join(', '),
      next: /already exists/i.test(reason) ? NAME_TAKEN : undefined,
    }, { cause: error })
  }

  const reason = oneLine(noAccount ?? rootCause(error).message)
  return new DeployFailure({
    phase: 'stack', what: `${stackName} could not be ${verb}`, where: stackName, reason,
    next: isNotBootstrapped(error) ? 'Prepare the account for the CDK once: npm run cdk bootstrap' : undefined,
  }, { cause: error })
}

function rootCause(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error))
  return error.cause instanceof Error ? rootCause(error.cause) : error
}

const isNotBootstrapped = (error: unknown): boolean =>
  error instanceof Error && (/cdk bootstrap|cdk-bootstrap|not been bootstrapped/i.test(error.message) || isNotBootstrapped(error.cause))

/** The words of an error without line breaks and without the request id and class names that SDKs add in parentheses. */
const oneLine = (text: string) =>
  text.replaceAll(/\s*\n\s*/g, ' ').replace(/\s*\(RequestToken: [^)]*\)/, '').replace(/\s*\(Service: [^)]*\)/, '').trim()
