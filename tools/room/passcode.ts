import { randomInt } from 'node:crypto'
import { words } from './words.ts'

/** Three plain words, such as `copper-otter-lamp`: easily said aloud, 16.7 million of them. */
export const newPasscode = () => Array.from({ length: 3 }, () => words[randomInt(words.length)]).join('-')

export const isPasscode = (text: unknown): text is string => typeof text === 'string' && /^[a-z]+(-[a-z]+){2}$/.test(text)
