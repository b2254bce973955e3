import type { Context } from './check.ts'
import { isErrorFrame } from './conversation.ts'
import { recentLog } from './recent-log.ts'
import { saying, type Room } from './room.ts'

/** One message of one client, and what came back to it. */
export type Exchange = {
  came: string[]
  /** the words that were sent after it came back; without them more may be on its way */
  isOver: boolean
  /** other clients were in the table, and may have said some of it */
  shared: boolean
  /** what sendMessageToConnectedClient logged meanwhile; on AWS that takes its time */
  log(): Promise<string>
}

/**
 * Sends any text through a client of its own, and after it words of a second client which everybody hears: once these are back, the text has
 * been dealt with. A second one, because a two-way route also answers whoever says the words.
 * @param wanted accepts what should come back; undefined where nothing should
 */
export async function exchange(context: Context, room: Room, text: string, wanted?: (text: string) => boolean): Promise<Exchange> {
  const from = Date.now()
  const shared = (await room.rows.ids()).length > 0
  const [client, other] = await room.join(2)
  const over = room.words()
  client!.send(text)
  other!.send(saying(over))

  const { patient } = context.patience
  const withinMs = patient ? 8_000 : 2_000
  if (wanted) await client!.hears(wanted, withinMs)
  const isBack = await client!.hears((one) => one.includes(over), withinMs)
  if (patient) await client!.hears(isErrorFrame, 1_000) // AWS keeps no order (A13)

  return { came: client!.frames.filter((one) => !one.includes(over)), isOver: isBack !== undefined, shared, log: () => recentLog(context, 'sendMessageToConnectedClient', from) }
}
