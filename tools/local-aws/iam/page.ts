import { invalidInput } from './errors.ts'

/** Cuts a list as IAM does: `MaxItems` (100), and a `Marker` for the rest. */
export function page<T>(items: T[], { Marker, MaxItems = 100 }: { Marker?: string, MaxItems?: number }) {
  const start = Marker === undefined ? 0 : Number(Buffer.from(Marker, 'base64').toString())
  if (!Number.isInteger(start)) throw invalidInput(`Invalid Marker: ${Marker}`)
  const end = start + MaxItems
  const rest = end < items.length
  return { items: items.slice(start, end), paging: { IsTruncated: rest, Marker: rest ? Buffer.from(String(end)).toString('base64') : undefined } }
}

/** Documents travel percent-encoded, as RFC 3986 has it (E2.11). */
export const urlEncoded = (document: string) =>
  encodeURIComponent(document).replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)

/** Lists of IAM come in the order of names. */
export const byName = (a: { name: string }, b: { name: string }) => a.name < b.name ? -1 : 1
