/** What a client wants that sent a text. Where it cannot have it, `why` is for its eyes only. */
export type Meaning =
  | { kind: 'say', words: string }
  | { kind: 'name', name: string }
  | { kind: 'who' }
  | { kind: 'bye' }
  | { kind: 'refused', why: string }

/** A post carries 128 KB with the name, and everyone has to read it. */
const MOST_CHARACTERS = 1_000
const LONGEST_NAME = 24

const HELP = 'Type, and everyone hears it. /name Ada gives you a name, /who tells who is there, /bye leaves.'

/** Reads a text as it came, which may be anything that anyone can send. */
export function meaningOf(body = ''): Meaning {
  const text = cleaned(body)
  if (text === '') return refused(`There are no words in that. ${HELP}`)
  if (lengthOf(text) > MOST_CHARACTERS) return refused(`That has ${lengthOf(text)} characters, and ${MOST_CHARACTERS} are passed on at most.`)
  if (isJsonObject(text)) return refused('No route takes that JSON: its action must be sendMessage or leave. Or leave the JSON out, and type.')

  const [, command, rest = ''] = /^\/(\S*) ?(.*)$/u.exec(text) ?? []
  switch (command?.toLowerCase()) {
    case undefined: return { kind: 'say', words: text }
    case 'name': return nameIn(rest.trim())
    case 'who': return { kind: 'who' }
    case 'bye': return { kind: 'bye' }
    default: return refused(`There is no such command. ${HELP}`)
  }
}

/** Control characters, which terminals obey; line breaks of every kind; marks that turn the direction of what follows. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu

/** One line without what only machines see. Emoji stay whole: they are held together by another unseen character, U+200D. */
const cleaned = (text: string) => text.replaceAll(UNSEEN, ' ').trim()

/** Not a colon, or somebody would be called "Ada: I owe you". */
const NAME = /^[\p{L}\p{M}\p{N}\p{Extended_Pictographic}\u200d .'’_-]+$/u

function nameIn(name: string): Meaning {
  if (name === '') return refused('Which name? Like this: /name Ada')
  if (lengthOf(name) > LONGEST_NAME) return refused(`That name has ${lengthOf(name)} characters, and ${LONGEST_NAME} fit.`)
  if (!NAME.test(name) || likeness(name) === '') return refused('A name is made of letters and digits; blanks, dots, dashes and emoji may go with them.')
  if (likeness(name).startsWith(likeness('guest'))) return refused('Names that begin like that are for those who have not chosen one.')
  if (/\p{Script=Latin}/u.test(name) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(name)) return refused('That name mixes alphabets whose letters look alike.')
  return { kind: 'name', name }
}

/** Whether people could take one name for the other: ADA, Ada., Adá and A d a are all the same to them. */
export const looksLike = (name: string, other: string) => likeness(name) === likeness(other)

const likeness = (name: string) =>
  name.normalize('NFKD').toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '').replaceAll('0', 'o').replaceAll(/[1l]/g, 'i')

/** As people count, more or less: an emoji is one or a few, and not its bytes. */
const lengthOf = (text: string) => [...text].length

function isJsonObject(text: string) {
  try {
    return text.startsWith('{') && typeof JSON.parse(text) === 'object'
  } catch {
    return false // words in curly brackets
  }
}

const refused = (why: string): Meaning => ({ kind: 'refused', why })
