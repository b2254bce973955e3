/** What a typed (or pasted) text asks for. */
export type Typed =
  | { kind: 'nothing' }
  /** a chat message: everyone hears `text` */
  | { kind: 'say', text: string }
  /** to be sent as it is; `note` says what was done to it */
  | { kind: 'raw', text: string, note?: string }
  | { kind: 'command', name: CommandName, argument: string }
  | { kind: 'refused', why: string }

export type CommandName = (typeof COMMANDS)[number]

const COMMANDS = ['help', 'name', 'url', 'quit'] as const
/** More breaks on AWS (A12.5). */
const MAX_FRAME_BYTES = 32 * 1024

/** Reads what was typed: plain text is said, JSON and `/raw TEXT` go as they are, other words with a slash are commands. */
export function readTyped(typed: string): Typed {
  const text = typed.trim()
  if (text === '') return { kind: 'nothing' }
  if (Buffer.byteLength(text) > MAX_FRAME_BYTES - 200)
    return { kind: 'refused', why: `That is ${Buffer.byteLength(text)} bytes; one message may have 32 KB at most on API Gateway.` }
  if (text.startsWith('//')) return { kind: 'say', text: text.slice(1) }
  if (text.startsWith('/')) return slashed(text)
  return looksLikeJson(text) ? readJson(text) : { kind: 'say', text }
}

function slashed(text: string): Typed {
  const [, word = '', argument = ''] = /^\/(\S*)\s*([\s\S]*)$/.exec(text)!
  const name = word.toLowerCase()
  if (name === 'raw') return argument ? { kind: 'raw', text: argument } : { kind: 'refused', why: '/raw needs a text to send, such as /raw {"action":"sendMessage","data":"hello"}' }
  if (COMMANDS.includes(name as CommandName)) return { kind: 'command', name: name as CommandName, argument }
  return { kind: 'raw', text, note: `/${word} is none of mine (/help), so it was sent as it is: a chat after step 7 may know it.` }
}

const looksLikeJson = (text: string) => /^[{[]\s*["'“”„‟«»‘’]/.test(text)

/** JSON as it was pasted, with the quotes that word processors and messengers bend made straight again. */
function readJson(text: string): Typed {
  if (isJson(text)) return { kind: 'raw', text }
  const mended = text.replaceAll(/[“”„‟«»]/g, '"').replaceAll(/[‘’]/g, "'").replaceAll('\u00a0', ' ')
  if (isJson(mended)) return { kind: 'raw', text: mended, note: 'The quotes were bent (“ ”), as messengers make them; sent with straight ones.' }
  return { kind: 'refused', why: `That begins like JSON and is none (${jsonTrouble(mended)}). Mend it, or send it all the same: /raw …` }
}

const isJson = (text: string) => jsonTrouble(text) === undefined

function jsonTrouble(text: string): string | undefined {
  try {
    JSON.parse(text)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

/** The frame of a chat message, as the seed has it: `{"action":"sendMessage","data":"Ada: hello"}`. */
export const chatFrame = (text: string) => JSON.stringify({ action: 'sendMessage', data: text })

/** What everyone would hear of a frame that was written by hand; undefined where it is no chat message. */
export function saidIn(frame: string): string | undefined {
  if (!isJson(frame)) return undefined
  const { action, data } = JSON.parse(frame) ?? {}
  return action === 'sendMessage' && typeof data === 'string' ? data : undefined
}
