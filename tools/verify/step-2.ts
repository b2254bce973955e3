import { check, fail, type Context, type Outcome } from './check.ts'
import { functionReady, runsItsCode, tableNameIsSet } from './common-checks.ts'
import { failUnlessNarrow, mayArriveYet, POST, refusedThoughAllowed, stagesItMayPostTo } from './grants.ts'
import { invoke, isSuccess, seenIn, shownAnswer, type Invocation } from './invoke.ts'
import { messageEvent } from './gateway-events.ts'
import { allowedActions, tableArn } from './policies.ts'
import { framesOf, isOver, saying, type Room } from './room.ts'
import { runAlone } from './run-alone.ts'
import type { Client } from './socket.ts'

const about = 'sendMessageToConnectedClient'
const works = ['understands-messages', 'table-name', 'may-read', 'may-post']

const NEW_POLICY = 'A new policy takes up to a minute until it holds everywhere'
const NEW_POLICY_SECONDS = 60

// A page of a Scan ends at 1 MB. Of four rows this large one is on the second page, wherever the table puts them.
const PAGED_CLIENTS = 4
const PAGED_KILOBYTES = 352

/** An id that no gateway gives out: the one of the seed's test event, which the console's test leaves in many tables. */
const NOBODY = 'testConnectionId'

/** Step 2: what one client says, all clients hear. */
export const checks = [
  functionReady(about),

  runsItsCode(about, eventFromNobody),

  check('understands-messages', 'It finds the words in a message', { needs: ['runs-its-code'], about }, async (context) => {
    const invocation = await invokeWith(context, await eventFromNobody(context))
    const { status } = invocation.answer
    if (status !== undefined && status >= 400 && status < 500)
      return fail(`Invoked with the message ${saying('…')}, the function answered ${shownAnswer(invocation)}`, seenIn(invocation))
  }),

  tableNameIsSet(about),

  check('may-read', 'Its role may read the table and delete rows', { needs: ['function-ready'], about }, async ({ cloud, aws, chat }) => {
    const { role } = (await chat.function(about))!
    const table = (await chat.table())?.name ?? chat.names.table
    const allowed = await allowedActions(aws, role, ['dynamodb:Scan', 'dynamodb:Query', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'], tableArn(cloud, table))
    const denied = allowed && [['dynamodb:Scan', 'dynamodb:Query'], ['dynamodb:DeleteItem', 'dynamodb:BatchWriteItem']]
      .filter((oneOf) => !oneOf.some((action) => allowed.includes(action))).map(([action]) => action!)
    if (denied?.length) return fail(`The policies of ${nameOfRole(role)} do not allow ${denied.join(' and ')} on ${table}.`, { denied })
  }),

  check('may-post', 'Its role may post to connections', { needs: ['function-ready'], about }, async (context) => {
    const stages = await stagesItMayPostTo(context, ['beta'])
    if (stages?.length === 0) return fail(`The policies of ${nameOfRole((await context.chat.function(about))!.role)} do not allow ${POST} on this API.`, { denied: [POST] })
  }),

  check('reaches-everyone', 'Every connected client hears the message', { needs: works, about }, async (context) => {
    const room = await context.probe.room()
    const clients = await room.join(3)
    return everyoneHears(context, room, clients)
  }),

  check('reads-every-page', 'It reads the whole table, page by page', { needs: ['reaches-everyone'], about }, async (context) => {
    const room = await context.probe.room()
    const clients = await room.join(PAGED_CLIENTS)
    for (const { connectionId } of clients) await room.rows.enlarge(connectionId, PAGED_KILOBYTES)
    return everyoneHears(context, room, clients, 'with more rows than one page holds, ')
  }),

  check('prunes-the-gone', 'Clients that left are forgotten', { needs: ['reaches-everyone'], about }, async (context) => {
    const room = await context.probe.room()
    const [left, stayed] = await room.join(2) as [Client, Client]
    await room.leave(left)
    await room.rows.put(left.connectionId)

    let last: Invocation
    const isForgotten = await context.patience.until(NEW_POLICY, NEW_POLICY_SECONDS, async () => {
      last = await room.message(about, stayed, saying(room.words()))
      if (!await room.rows.has(left.connectionId)) return true
      return await mayArriveYet(context, about, room.stage, last) ? undefined : false
    })

    if (!isForgotten)
      return failUnlessNarrow(context, room, fail(`The row of a client that has left is still in ${room.rows.table} after a message. The function answered ${shownAnswer(last!)}`, {
        ...seenIn(last!), allowed: await refusedThoughAllowed(context, about, room.stage, last!),
      }))
  }),

  check('survives-a-bad-row', 'One row that is no client harms nobody', { needs: ['prunes-the-gone'], about }, async (context) => {
    const room = await context.probe.room()
    const clients = await room.join(3)
    await room.rows.put(NOBODY)
    context.probe.mine(NOBODY)

    const failure = await everyoneHears(context, room, clients, `with the row ${NOBODY} in the table, `)
    if (failure?.status === 'fail') return failure
  }),

  check('takes-anything', 'It takes whatever a client sends', { needs: ['reaches-everyone'], about }, async (context) => {
    const room = await context.probe.room()
    const clients = await room.join(2)
    return await takesPlainText(room, clients) ?? await takesNothing(room, clients) ?? takesObjects(context, room, clients)
  }),
]

async function everyoneHears(context: Context, room: Room, clients: Client[], when = ''): Promise<Outcome | undefined> {
  const words = room.words()
  let last: Invocation | undefined
  let heard: Client[] = []
  const all = await context.patience.until(NEW_POLICY, NEW_POLICY_SECONDS, async () => {
    last = await room.message(about, clients[0]!, saying(words))
    heard = await room.whoHeard(clients, words)
    return heard.length === clients.length || !await mayArriveYet(context, about, room.stage, last) || undefined
  })
  if (all && heard.length === clients.length && isSuccess(last!.answer)) return

  const count = heard.length === clients.length ? `all ${clients.length}` : `${heard.length} of ${clients.length}`
  return failUnlessNarrow(context, room, fail(
    sentence(`${when}${count} connected clients heard the message.${cameInstead(clients, heard)} The function answered ${shownAnswer(last!)}`),
    { ...seenIn(last!), frames: framesOf(clients), allowed: await refusedThoughAllowed(context, about, room.stage, last!) },
  ))
}

/** What those got who did not hear the words. */
function cameInstead(clients: Client[], heard: Client[]) {
  const last = clients.filter((client) => !heard.includes(client)).flatMap(({ frames }) => frames.filter((text) => !isOver(text))).at(-1)
  return last === undefined ? '' : ` What came is ${JSON.stringify(last.slice(0, 80))}.`
}

async function takesPlainText(room: Room, clients: Client[]) {
  const invocation = await room.message(about, clients[0]!, 'hello')
  if (invocation.answer.errorMessage !== undefined) return fail(`The plain text "hello" made the function fail: ${shownAnswer(invocation)}`, seenIn(invocation))
}

async function takesNothing(room: Room, clients: Client[]) {
  const [sender, other] = clients as [Client, Client]
  await room.whoHeard(clients, 'hello') // so that nothing of the plain text arrives later
  const before = other.frames.length
  const invocation = await room.message(about, sender, JSON.stringify({ action: 'sendMessage' }))
  await room.whoHeard(clients, 'nothing')
  const said = other.frames.slice(before).filter((text) => !isOver(text)) // to tell the sender is good manners
  if (invocation.answer.errorMessage !== undefined) return fail(`A message without data made the function fail: ${shownAnswer(invocation)}`, seenIn(invocation))
  if (said.length > 0) return fail(`A message without data was passed on to everyone, as ${JSON.stringify(said[0])}.`, { ...seenIn(invocation), frames: framesOf(clients) })
}

async function takesObjects(context: Context, room: Room, clients: Client[]) {
  const words = room.words()
  const invocation = await room.message(about, clients[0]!, saying({ text: words }))
  const heard = await room.whoHeard(clients, words)
  if (heard.length === 0) return failUnlessNarrow(context, room, fail(`Nobody heard a message whose data is an object. The function answered ${shownAnswer(invocation)}`, seenIn(invocation)))
}

async function eventFromNobody({ chat, cloud, probe }: Context) {
  const apiId = (await chat.api())?.id ?? 'noapi'
  const stage = (await chat.stage())?.name ?? 'beta'
  return messageEvent({ apiId, stage, region: cloud.region, connectionId: NOBODY, body: saying(`verify: hello ${probe.nonce}`) })
}

async function invokeWith({ aws, chat }: Context, event: unknown) {
  return invoke(aws, (await chat.function(about))!.name, event)
}

const nameOfRole = (arn: string) => arn.split('/').at(-1)
const sentence = (text: string) => text[0]!.toUpperCase() + text.slice(1)

runAlone(import.meta, 2)
