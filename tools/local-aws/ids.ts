import { randomBytes, randomInt, randomUUID } from 'node:crypto'

const pick = (alphabet: string, length: number) => Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')

/** `length` characters of [a-z0-9], as API and route ids have. */
export const randomLower = (length: number) => pick('abcdefghijklmnopqrstuvwxyz0123456789', length)
/** `length` characters of [A-Z0-9], as IAM's unique ids have. */
export const randomUpper = (length: number) => pick('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', length)
/** `length` characters of [A-Za-z0-9], as CloudFormation appends to generated names. */
export const randomAlphanumeric = (length: number) => pick('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', length)
/** `bytes` random bytes in base64url with padding, as the gateway's ids have (A6). */
export const randomBase64Url = (bytes: number) => randomBytes(bytes).toString('base64').replaceAll('+', '-').replaceAll('/', '_')
export const uuid = () => randomUUID()
