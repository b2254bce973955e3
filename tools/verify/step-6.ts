import { check, fail, pass, type Context, type Outcome } from './check.ts'
import { functionReady, leadsToFunction } from './common-checks.ts'
import { mayArriveYet, POST, refusedThoughAllowed, stagesItMayPostTo } from './grants.ts'
import { seenIn, shownAnswer, type Invocation } from './invoke.ts'
import { farewellMs, leavingBy } from './leaving.ts'
import { recentLog } from './recent-log.ts'
import type { Room } from './room.ts'
import { runAlone } from './run-alone.ts'
import type { Client } from './socket.ts'

const LEAVE = '{"action": "leave"}'
const leaving = leavingBy(LEAVE, 'sayGoodbye')

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
