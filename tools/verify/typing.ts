import type { FunctionName } from '../mistakes/evidence.ts'
import { check, fail, type Context } from './check.ts'
import { failUnlessNarrow } from './grants.ts'
import { shortened } from './invoke.ts'
import { recentLog } from './recent-log.ts'
import { refsIn } from './refs.ts'
import { isErrorFrame } from './conversation.ts'
import { framesOf, isOver, type Room } from './room.ts'
import type { Client } from './socket.ts'

export type Three = [Client, Client, Client]

/** Three clients of verify in one room, and what they do with their keyboards. */
export type Typing = {
  clients: Three
  room: Room
  /** Types a text, and answers the first one that then comes back to this client; undefined where nothing does. */
  ask(client: Client, text: string): Promise<string | undefined>
  /** The same by invoking the function: once that has ended, nothing that it posts is still to come. */
  askToTheEnd(client: Client, text: string): Promise<string | undefined>
  /** Types words, and answers the text in which `listener` reads them; undefined where it does not. */
  say(client: Client, words: string, listener: Client): Promise<string | undefined>
  /** Invokes the function for several messages of one client at once, as many environments as that takes; answers the texts in which `listener` reads them. */
  sayAtOnce(client: Client, words: string[], listener: Client): Promise<(string | undefined)[]>
}

/** Makes checks of what comes of a text that is typed. `look` says what is not as it should be. */
export const typingTo = (about: FunctionName) => (id: string, title: string, needs: string[], look: (typing: Typing) => Promise<string | undefined>) =>
  check(id, title, { needs, about }, (context) => context.probe.inAnyRoom(async (room) => {
    const from = Date.now()
    const clients = await room.join(3) as Three
    const what = await look(typingIn(context, room, clients, about))
    if (!what) return

    const frames = framesOf(clients).map(({ client, text }) => ({ client, text: shortened(text, 500) }))
    const failure = fail(what, { frames, log: await recentLog(context, about, from), refs: refsIn(frames.find(({ text }) => isErrorFrame(text))?.text) })
    return failUnlessNarrow(context, room, failure, about)
  }))

function typingIn({ patience }: Context, room: Room, clients: Three, about: FunctionName): Typing {
  const withinMs = patience.patient ? 8_000 : 2_000
  /** Waits for all, so that what comes later is no echo of it. */
  async function everyoneReads(words: string, listener: Client) {
    const texts = await Promise.all(clients.map((client) => client.hears((text) => text.includes(words), withinMs)))
    return texts[clients.indexOf(listener)]
  }

  async function answerTo(client: Client, type: () => Promise<unknown> | void) {
    const before = client.frames.length
    const answer = () => client.frames.slice(before).find((one) => !isOver(one))
    await type()
    await client.hears(() => answer() !== undefined, withinMs)
    return answer()
  }

  return {
    clients, room,
    ask: (client, text) => answerTo(client, () => client.send(text)),
    askToTheEnd: (client, text) => answerTo(client, () => room.message(about, client, text)),
    async say(client, words, listener) {
      client.send(words)
      return everyoneReads(words, listener)
    },
    async sayAtOnce(client, words, listener) {
      await Promise.all(words.map((one) => room.message(about, client, one)))
      return Promise.all(words.map((one) => everyoneReads(one, listener)))
    },
  }
}

/** The name in front of words: `Ada` in `Ada: hello`. Undefined where there is none. */
export const nameIn = (text: string | undefined, words: string) => text?.endsWith(`: ${words}`) ? text.slice(0, -(words.length + 2)) : undefined

/** A text as a failure shows it: shortened, and what cannot be seen written out. */
export const shown = (text: string | undefined) => text === undefined ? 'nothing' : JSON.stringify(shortened(text, 120)).replaceAll(/[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
