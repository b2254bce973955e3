import type { TableFacts } from '../mistakes/evidence.ts'
import { check, fail } from './check.ts'
import { functionReady, leadsToFunction, runsItsCode, tableNameIsSet } from './common-checks.ts'
import { mayArriveYet, refusedThoughAllowed } from './grants.ts'
import { invoke, isSuccess, seenIn, shownAnswer, type Invocation } from './invoke.ts'
import { allowedActions, tableArn } from './policies.ts'
import { recentLog } from './recent-log.ts'
import { refsIn } from './refs.ts'
import { runAlone } from './run-alone.ts'

const about = 'putConnectedClientToDDB'

/** The seed's own test event. */
export const testEvent = { requestContext: { connectionId: 'testConnectionId' } }
const TEST_ID = testEvent.requestContext.connectionId

const hasTheRightKey = (table: Pick<TableFacts, 'keys'> | undefined) =>
  table?.keys.length === 1 && table.keys[0]!.name === 'connectionId' && table.keys[0]!.type === 'S'

/** Step 1: whoever connects is remembered. */
export const checks = [
  check('api-exists', 'The WebSocket API exists', {}, async ({ chat }) => {
    if (!await chat.api()) return fail(`There is no WebSocket API "${chat.names.api}"${await chat.stack() ? '' : `, and no stack ${chat.names.stack}`}.`)
  }),

  functionReady(about),

  runsItsCode(about, async ({ chat, probe }) => {
    if (hasTheRightKey(await chat.table())) probe.mine(TEST_ID)
    return testEvent
  }),

  check('table-exists', 'The table of connections exists', { needs: ['function-ready'], about }, async ({ aws, chat, patience }) => {
    const table = await chat.table()
    if (!table) return fail(`There is no table ${chat.names.table}.`)
    let { status } = table
    await patience.until('A table that was just made takes some seconds', 60, async () => {
      if (status !== 'ACTIVE') status = (await aws.dynamodb.describeTable({ TableName: table.name })).Table!.TableStatus!
      return status === 'ACTIVE' || undefined
    })
    if (status !== 'ACTIVE') return fail(`The table ${table.name} is ${status}.`)
  }),

  check('table-key', 'Its key is the string connectionId, and nothing else', { needs: ['table-exists'] }, async ({ chat }) => {
    const { name, keys } = (await chat.table())!
    if (!hasTheRightKey({ keys }))
      return fail(`The key of ${name} is ${keys.map((one) => `${one.name} (${one.type}${one.role === 'RANGE' ? ', sort key' : ''})`).join(' and ')}.`)
  }),

  tableNameIsSet(about),

  check('may-put', 'Its role may put rows into the table', { needs: ['table-exists', 'function-ready'], about }, async ({ cloud, aws, chat }) => {
    const { role } = (await chat.function(about))!
    const { name } = (await chat.table())!
    const allowed = await allowedActions(aws, role, ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:BatchWriteItem'], tableArn(cloud, name))
    if (allowed?.length === 0) return fail(`The policies of ${role.split('/').at(-1)} do not allow dynamodb:PutItem on ${name}.`, { denied: ['dynamodb:PutItem'] })
  }),

  check('stores-the-test-event', 'The test event leaves a row', { needs: ['runs-its-code', 'table-key', 'table-name', 'may-put'], about }, async (context) => {
    const { aws, chat, patience, probe } = context
    const found = (await chat.function(about))!
    const rows = await probe.rows()
    await rows.remove(TEST_ID) // of an earlier test by hand
    probe.mine(TEST_ID)

    let last: Invocation
    let isStored = false
    await patience.until('A new policy takes up to a minute until it holds everywhere', 60, async () => {
      last = await invoke(aws, found.name, testEvent)
      isStored = await rows.has(TEST_ID)
      return isStored || !await mayArriveYet(context, about, undefined, last) || undefined
    })
    if (isStored) return

    return fail(`The test event left no row ${TEST_ID} in ${rows.table}. The function answered ${shownAnswer(last!)}`, {
      ...seenIn(last!), allowed: await refusedThoughAllowed(context, about, undefined, last!),
    })
  }),

  check('answers-yes', 'It answers with a status in the 200s', { needs: ['stores-the-test-event'], about }, async ({ aws, chat, probe }) => {
    const found = (await chat.function(about))!
    probe.mine(TEST_ID)
    const invocation = await invoke(aws, found.name, testEvent)
    if (!isSuccess(invocation.answer)) return fail(`The function answered ${shownAnswer(invocation)}, which refuses the client.`, seenIn(invocation))
  }),

  check('connect-route', 'The route $connect leads to it', { needs: ['api-exists', 'function-ready'] }, (context) => leadsToFunction(context, '$connect', about)),

  check('clients-get-in', 'A client gets in, and its row is in the table', { needs: ['answers-yes', 'connect-route'], about }, (context) => context.probe.inAnyRoom(async (room) => {
    const from = Date.now()
    const { handshake, client } = await room.knock()
    if (client?.connectionId) return

    const seen = client ? `A client got in, but ${room.rows.table} has no row with its connection id.` : `A client that wanted in was refused: ${handshake.status ?? handshake.error}.`
    return fail(seen, { handshake, refs: refsIn(handshake.body), log: await recentLog(context, about, from) })
  })),
]

runAlone(import.meta, 1)
