/** The member that `record` itself has under this name, never one that every object has (`constructor`). */
export const own = <T>(record: { readonly [name: string]: T }, name: string): T | undefined => Object.hasOwn(record, name) ? record[name] : undefined

/** Sets a member whatever its name is; `record['__proto__'] = …` would set none. */
export function setMember<T>(record: Record<string, T>, name: string, value: T): void {
  Object.defineProperty(record, name, { value, configurable: true, enumerable: true, writable: true })
}

/** A copy without a prototype: nothing is in it but what was put there, whatever it is asked for. */
export const bare = <T extends object>(record: T): T => Object.setPrototypeOf({ ...record }, null)
