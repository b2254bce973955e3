/**
 * The defaults of those properties that a template no longer has: an update of CloudFormation puts them back, while the services'
 * own updates keep what they are not told about (C6).
 */
export function removed<P extends object>(properties: P, previous: P, defaults: Partial<Record<keyof P & string, unknown>>): Partial<P> {
  const gone = Object.entries(defaults).filter(([name]) => properties[name as keyof P] === undefined && previous[name as keyof P] !== undefined)
  return Object.fromEntries(gone) as Partial<P>
}

/** What is in `list` and not in `other`. */
export const missingFrom = <T>(other: readonly T[] = [], list: readonly T[] = []) => list.filter((item) => !other.includes(item))
