import { fail, pass, type Outcome } from './check.ts'
import { isErrorFrame } from './conversation.ts'
import type { Exchange } from './exchange.ts'
import type { Kind } from './frames.ts'
import { refsIn } from './refs.ts'

/** What the participant says of one message. */
export type Claim = { kind: Kind, sends: string, reads: string }

/** What came back, in the participant's chat or elsewhere: then `note` says where. `isDocumented`: nobody could try it, and AWS says so. */
export type Trial = Pick<Exchange, 'came'> & Partial<Exchange> & { note?: string, isDocumented?: boolean }

type KindOfMessage = {
  id: string
  title: string
  /** what it is, for whoever wrote another thing */
  what: string
  isOne(sends: string, routeKeys: string[]): boolean
  /** the route sendMessage takes it, whatever becomes of $default */
  isRouted?: boolean
}

/** The messages that step 5 is about. */
export const KINDS: Record<Kind, KindOfMessage> = {
  chat: {
    id: 'chat-message', title: 'frames.chat says how to chat', what: 'a message for the route sendMessage whose data are words', isRouted: true,
    isOne: (sends) => actionIn(sends) === 'sendMessage' && wordsIn(sends) !== undefined,
  },
  unknownAction: {
    id: 'unknown-action', title: 'frames.unknownAction is right', what: 'a message whose action is no route of your API',
    isOne: (sends, keys) => actionIn(sends) !== undefined && !isNearly(sends) && !keys.includes(actionIn(sends)!),
  },
  otherCase: {
    id: 'other-case', title: 'frames.otherCase is right', what: 'a message whose action is sendmessage',
    isOne: (sends) => isNearly(sends) && actionIn(sends) !== 'sendMessage',
  },
  messageForAction: {
    id: 'message-for-action', title: 'frames.messageForAction is right', what: 'a message with a member message and no member action',
    isOne: (sends) => typeof parsed(sends)?.message === 'string' && parsed(sends)?.action === undefined,
  },
  notJson: { id: 'not-json', title: 'frames.notJson is right', what: 'text that is not JSON', isOne: (sends) => !isJson(sends) },
  noData: {
    id: 'no-data', title: 'frames.noData is right', what: 'a message for the route sendMessage without data', isRouted: true,
    isOne: (sends) => actionIn(sends) === 'sendMessage' && parsed(sends)?.data === undefined,
  },
}

/** A claim that is not filled in, or about another kind of message, and so not worth sending. */
export function notYetRight(claim: Claim, routeKeys: string[]): Outcome | undefined {
  const { kind, sends, reads } = claim
  if (!sends.trim() || !reads.trim()) return fail(`frames.${kind} is not filled in yet.`, { claim })
  if (!KINDS[kind].isOne(sends, routeKeys)) return fail(`frames.${kind} sends ${sends}, which is not ${KINDS[kind].what}.`, { claim })
}

/** Whether what came back is what was claimed. What other people said meanwhile is told, and no failure. */
export function judge(claim: Claim, { came, shared, note, isDocumented }: Trial): Outcome | undefined {
  const fits = isSilence(claim.reads) ? came.length === 0 : came.some((text) => meets(claim, text))
  if (fits) return note ? pass(note) : undefined
  if (isSilence(claim.reads) && shared && !came.some(isErrorFrame))
    return pass(`other people may be in this chat: after ${claim.sends} came ${shown(came)}`)

  return fail(`A client ${isDocumented ? 'that sends' : 'sent'} ${claim.sends} ${isDocumented ? 'reads' : 'and read'} ${shown(came)}. frames.${claim.kind} says ${JSON.stringify(claim.reads)}.`, {
    claim: { ...claim, came: came.map(messageOf) }, frames: came.map((text) => ({ client: 1, text })), refs: refsIn(came.find(isErrorFrame)),
  })
}

const shown = (came: string[]) => came.length === 0 ? 'nothing' : came.map((text) => JSON.stringify(messageOf(text))).join(' and ')

/** What people may write for it: `Forbidden`, or the whole frame, maybe with the mark that wscat puts before it. */
const plain = (text: string) => messageOf(text.trim().replace(/^< /, ''))
export const isSilence = (reads: string) => /^(silence|nothing)\.?$/i.test(reads.trim())
const messageOf = (text: string) => isErrorFrame(text) || /^\{"message": "[^"]+"/.test(text) ? /"message": "([^"]+)"/.exec(text)![1]! : text

/** Later steps may put a name before the words, and others put words into an envelope. */
export function meets({ sends, reads }: Claim, text: string) {
  const [wanted, got] = [plain(reads), messageOf(text)]
  if (isErrorFrame(text)) return got === wanted
  return got === wanted || got.endsWith(`: ${wanted}`) || wanted === wordsIn(sends) && got.includes(wanted)
}

function isJson(text: string) {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const parsed = (text: string): Record<string, unknown> | undefined => isJson(text) ? Object(JSON.parse(text)) : undefined
const textOr = (value: unknown) => typeof value === 'string' && value !== '' ? value : undefined
const actionIn = (sends: string) => textOr(parsed(sends)?.action)
const wordsIn = (sends: string) => textOr(parsed(sends)?.data)
const isNearly = (sends: string) => actionIn(sends)?.toLowerCase() === 'sendmessage'
