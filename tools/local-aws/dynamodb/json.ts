import type { Json } from './engine.ts'

/** Input as the SDK types it → as it stands in a body: bytes as base64, dates as epoch seconds. Always a copy. */
export function toJson(value: unknown): any {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (value instanceof Date) return value.getTime() / 1000
  if (Array.isArray(value)) return value.map(toJson)
  if (typeof value !== 'object' || value === null) return value
  return mapMembers(value, toJson)
}

/** A body → as the SDK types it. */
export function fromJson(value: unknown): any {
  if (Array.isArray(value)) return value.map(fromJson)
  if (typeof value !== 'object' || value === null) return value
  return mapMembers(value, (member, name) => {
    // An attribute that is itself called B or …DateTime holds an object here, so neither can be mistaken.
    if (name === 'B' && typeof member === 'string') return Buffer.from(member, 'base64')
    if (name === 'BS' && isStrings(member)) return member.map((text) => Buffer.from(text, 'base64'))
    if (name.endsWith('DateTime') && typeof member === 'number') return new Date(member * 1000)
    return fromJson(member)
  })
}

const isStrings = (value: unknown): value is string[] => Array.isArray(value) && value.every((item) => typeof item === 'string')

const mapMembers = (value: object, change: (member: unknown, name: string) => unknown): Json =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined).map(([name, member]) => [name, change(member, name)]))
