import type { FunctionName } from '../mistakes/evidence.ts'
import { check, fail, type Context } from './check.ts'
import { isErrorFrame } from './conversation.ts'
import { failUnlessNarrow } from './grants.ts'
import { recentLog } from './recent-log.ts'
import { refsIn } from './refs.ts'
import { framesOf, type Room } from './room.ts'
import type { Client } from './socket.ts'

/** What came of a client that wanted to leave while another was in the room. */
export type Leaving = {
  bye?: string
  error?: string
  ending?: { code: number, reason: string }
  heardByOther?: string
  isRowThere: boolean
}

/** Makes checks that let a client leave by saying `text`, and look at one side of it: `wrong` says what is not as it should be. */
export const leavingBy = (text: string, about: FunctionName) => (id: string, title: string, needs: string[], wrong: (seen: Leaving, room: Room) => string | false) =>
  check(id, title, { needs, about }, (context) => context.probe.inAnyRoom(async (room) => {
    const from = Date.now()
    const clients = await room.join(2) as [Client, Client]
    const seen = await letLeave(context, room, clients, text)
    const what = wrong(seen, room)
    if (!what) return

    const failure = fail(what, { frames: framesOf(clients), log: await recentLog(context, about, from), refs: refsIn(seen.error) })
    return failUnlessNarrow(context, room, failure, about)
  }))

async function letLeave({ patience }: Context, room: Room, [leaver, other]: [Client, Client], text: string): Promise<Leaving> {
  const withinMs = patience.patient ? 8_000 : 2_000
  leaver.send(text)
  await Promise.race([leaver.hears((one) => isBye(one) || isErrorFrame(one), withinMs), leaver.ended(withinMs)])
  const bye = leaver.frames.find(isBye)
  const error = leaver.frames.find(isErrorFrame)
  const ending = await leaver.ended(error ? 0 : withinMs)
  await room.whoHeard([other], 'bye')
  return {
    bye, error, ending,
    heardByOther: other.frames.find((one) => one === bye),
    isRowThere: ending !== undefined && (await room.stillThere([leaver], farewellMs(patience.patient))).length > 0,
  }
}

/** Not the command itself, said to everyone. */
const isBye = (text: string) => /(?<!\/)\bbye\b/i.test(text)

/** `$disconnect` is delivered with best effort (A5.1), in recordings within 45 ms (A5.2). */
export const farewellMs = (patient: boolean) => patient ? 20_000 : 5_000
