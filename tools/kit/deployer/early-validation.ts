import type { ResourceEvent } from './failure.ts'

/** `Stack/Path/Resource  (AWS::X::Y LogicalId)`, then the reasons, wrapped and indented, each ending in `(at /Resources/…)`. */
const BLOCK = /^(?:[^/\s]+\/)?(\S+) {2}\((AWS::\S+) (\w+)\)\n((?: {2}.*\n?)+)/m

/**
 * What CloudFormation found before it made anything, as the event that it would have been; undefined for other errors. The CDK tells it in its
 * message only: there are no events of resources then.
 *
 * @see G2.1
 */
export function earlyFinding(error: unknown): ResourceEvent | undefined {
  const [, message] = /^Early validation failed for [^\n]*:\n([^]*)/m.exec(messageOf(error)) ?? []
  const [, path, type, logicalId, reasons] = BLOCK.exec(message ?? '') ?? []
  if (!path || !type || !logicalId || !reasons) return undefined

  const [reason = ''] = reasons.replaceAll(/\s*\n\s*/g, ' ').split(/ \(at \/Resources\/[^)]*\)/)
  // What is wrong with a property may be found at a change, too.
  return { kind: 'resource', path, type, logicalId, reason: reason.trim(), status: reason.includes('already exists') ? 'CREATE_FAILED' : 'VALIDATION_FAILED' }
}

const messageOf = (error: unknown): string => !(error instanceof Error) ? '' : [error.message, messageOf(error.cause)].join('\n')
