import type { Frame, Refs } from '../mistakes/evidence.ts'
import type { Context } from './check.ts'
import { refsIn } from './refs.ts'
import { recentLog } from './recent-log.ts'
import { saying, type Room } from './room.ts'
import type { Client } from './socket.ts'

export type Conversation = {
  clients: Client[]
  /** who of them heard the words */
  heard: Client[]
  /** what was sent */
  sent: string
  /** the frame by which the gateway told the sender that the message failed */
  error?: string
  refs: Refs
  frames: Frame[]
  /** the last lines of sendMessageToConnectedClient, where somebody did not hear */
  log: string
}

/**
 * Lets clients in, lets the first say something, and looks who hears it. Over as soon as all have heard or the gateway has said no.
 * @param before a text that the first client sends ahead of its words
 */
export async function conversation(context: Context, room: Room, { count = 3, before }: { count?: number, before?: string } = {}): Promise<Conversation> {
  const from = Date.now()
  const clients = await room.join(count)
  const [sender] = clients as [Client]
  const words = room.words()
  const sent = saying(words)
  if (before) sender.send(before)
  sender.send(sent)

  const withinMs = context.patience.patient ? 8_000 : 2_000
  const all: Promise<unknown> = Promise.all(clients.map((client) => client.hears((text) => text.includes(words), withinMs)))
  const refused: Promise<unknown> = sender.hears((text) => isErrorFrame(text), withinMs)
  await Promise.race([all, before ? all : refused])

  const heard = clients.filter(({ frames }) => frames.some((text) => text.includes(words)))
  const error = sender.frames.find(isErrorFrame)
  return {
    clients, heard, sent, error,
    refs: error ? refsIn(error) : { connectionId: sender.connectionId },
    frames: clients.flatMap(({ number, frames }) => frames.map((text) => ({ client: number, text }))),
    log: heard.length < clients.length ? await recentLog(context, 'sendMessageToConnectedClient', from) : '',
  }
}

/** `{"message": "Forbidden", "connectionId":"…", "requestId":"…"}`: no route, or the integration failed (A8). */
export const isErrorFrame = (text: string) => /^\{"message": "[^"]+", "connectionId":/.test(text)
