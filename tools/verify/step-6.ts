import { check, fail, pass, type Context, type Outcome } from './check.ts'
import { functionReady, leadsToFunction } from './common-checks.ts'
import { isErrorFrame } from './conversation.ts'
import { failUnlessNarrow, mayArriveYet, POST, refusedThoughAllowed, stagesItMayPostTo } from './grants.ts'
import { seenIn, shownAnswer, type Invocation } from './invoke.ts'
import { recentLog } from './recent-log.ts'
import { refsIn } from './refs.ts'
import { isOver, type Room } from './room.ts'
import { runAlone } from './run-alone.ts'
import type { Client } from './socket.ts'

const LEAVE = '{"action": "leave"}'

/** Step 6: whoever leaves is forgotten, and whoever says so first hears a goodbye. */
export const checks = [
  functionReady('removeDisconnectedClient'),

  check('deletes-the-row', 'Called for a client that has left, it deletes the row', { needs: ['function-ready'], about: 'removeDisconnectedClient' }, async (context) => {
    const room = await context.probe.room()
    const [left] = await room.join(1) as [Client]
    await room.leave(left)

    let last: Invocation
    let isGone = false
    await context.patience.until('A new policy takes up to a minute until it holds everywhere', 60, async () => {
      await room.rows.put(left.connectionId)
      last = await room.farewell('removeDisconnectedClient', left)
      isGone = !await room.rows.has(left.connectionId)
      return isGone || !await mayArriveYet(context, 'removeDisconnectedClient', room.stage, last) || undefined
    })
    if (isGone) return

    return fail(`The row of a client that has left is still in ${room.rows.table}. The function answered ${shownAnswer(last!)}`, {
      ...seenIn(last!), allowed: await refusedThoughAllowed(context, 'removeDisconnectedClient', room.stage, last!),
    })
  }),

  check('disconnect-route', 'The route $disconnect leads to it', { needs: ['function-ready'] }, (context) => leadsToFunction(context, '$disconnect', 'removeDisconnectedClient')),

  check('rows-go', 'Rows go when clients go', { needs: ['deletes-the-row', 'disconnect-route'], about: 'removeDisconnectedClient' }, (context) => context.probe.inAnyRoom((room) => rowsGo(context, room))),

  functionReady('sayGoodbye', 'leave-ready'),

  check('leave-route', 'The route leave leads to sayGoodbye', { needs: ['leave-ready'] }, (context) => leadsToFunction(context, 'leave', 'sayGoodbye')),

  check('may-post', 'Its role may post to connections and end them', { needs: ['leave-ready'], about: 'sayGoodbye' }, async (context) => {
    const stages = await stagesItMayPostTo(context, ['beta'], 'sayGoodbye')
    if (stages?.length === 0) return fail(`The policies of ${(await context.chat.function('sayGoodbye'))!.role.split('/').at(-1)} do not allow ${POST} on this API.`, { denied: [POST] })
  }),

  leaving('says-bye', 'Whoever sends leave hears bye!', ['leave-route', 'may-post'], ({ bye, error, ending }) =>
    bye === undefined && `A client sent ${LEAVE} and did not hear bye!${error ? ` It got ${error}` : ending ? ` Its connection was closed with ${ending.code}.` : ''}`),

  leaving('closes', 'Then its connection is closed', ['says-bye'], ({ ending }) => !ending && `A client sent ${LEAVE} and heard bye!, and its connection is still open.`),

  leaving('nobody-else-hears', 'Nobody else hears it', ['says-bye'], ({ heardByOther }) => heardByOther !== undefined && `Another client heard ${JSON.stringify(heardByOther)}, too.`),

  leaving('forgets-who-left', 'Whoever left so is forgotten', ['closes', 'rows-go'], ({ isRowThere }, { rows }) => isRowThere && `The row of a client that sent ${LEAVE} is still in ${rows.table}.`),
]

/** What came of a client that wanted to leave while another was in the room. */
type Leaving = {
  bye?: string
  error?: string
  ending?: { code: number, reason: string }
  heardByOther?: string
  isRowThere: boolean
}

/** A check that lets a client leave and looks at one side of it: `wrong` says what is not as it should be. */
function leaving(id: string, title: string, needs: string[], wrong: (seen: Leaving, room: Room) => string | false) {
  return check(id, title, { needs, about: 'sayGoodbye' }, (context) => context.probe.inAnyRoom(async (room) => {
    const from = Date.now()
    const clients = await room.join(2) as [Client, Client]
    const seen = await letLeave(context, room, clients)
    const what = wrong(seen, room)
    if (!what) return

    const frames = clients.flatMap(({ number, frames: texts }) => texts.filter((text) => !isOver(text)).map((text) => ({ client: number, text })))
    const failure = fail(what, { frames, log: await recentLog(context, 'sayGoodbye', from), refs: refsIn(seen.error) })
    return failUnlessNarrow(context, room, failure, 'sayGoodbye')
  }))
}

async function letLeave({ patience }: Context, room: Room, [leaver, other]: [Client, Client]): Promise<Leaving> {
  const withinMs = patience.patient ? 8_000 : 2_000
  leaver.send(LEAVE)
  await Promise.race([leaver.hears((text) => isBye(text) || isErrorFrame(text), withinMs), leaver.ended(withinMs)])
  const bye = leaver.frames.find(isBye)
  const error = leaver.frames.find(isErrorFrame)
  const ending = await leaver.ended(error ? 0 : withinMs)
  await room.whoHeard([other], 'bye')
  return {
    bye, error, ending,
    heardByOther: other.frames.find((text) => text === bye),
    isRowThere: ending !== undefined && (await room.stillThere([leaver], farewellMs(patience.patient))).length > 0,
  }
}

const isBye = (text: string) => /\bbye\b/i.test(text)

/** `$disconnect` is delivered with best effort (A5.1), in recordings within 45 ms (A5.2). */
const farewellMs = (patient: boolean) => patient ? 20_000 : 5_000

async function rowsGo(context: Context, room: Room): Promise<Outcome | undefined> {
  const from = Date.now()
  const clients = await room.join(3) as [Client, Client, Client]
  const [closed, killed, deleted] = clients
  await Promise.all([closed.close(), room.end(deleted)])
  killed.kill()

  const left = await room.stillThere(clients, farewellMs(context.patience.patient))
  if (left.length === 0) return
  if (context.patience.patient && left.every((client) => client === killed))
    return pass('API Gateway has not noticed yet that one client was cut off; it does after ten idle minutes at the latest')
  const ways = new Map([[closed, 'closed its connection'], [killed, 'was cut off'], [deleted, 'was sent away with DELETE @connections']])
  return fail(`The row of a client that ${left.map((client) => ways.get(client)).join(', and of one that ')} is still in ${room.rows.table}.`, {
    log: await recentLog(context, 'removeDisconnectedClient', from),
  })
}

runAlone(import.meta, 6)
