import type { Frame } from '../mistakes/evidence.ts'
import { check, fail, type Context } from './check.ts'
import { conversation } from './conversation.ts'
import { refsIn } from './refs.ts'
import { runAlone } from './run-alone.ts'
import type { Room } from './room.ts'

const about = 'sendMessageToConnectedClient'
const DEPLOYING = 'AWS takes about a minute until a stage serves a new deployment'
const DEPLOYING_SECONDS = 90

/** Step 4: routes that are not deployed to a stage serve nobody. */
export const checks = [
  check('stage-exists', 'The API has a stage', {}, async ({ chat }) => {
    if (!await chat.api()) return fail(`There is no WebSocket API "${chat.names.api}". That is step 1: npm run verify:step-1`)
    if (!await chat.stage()) return fail('The API has no stage.')
  }),

  check('stage-deployed', 'Something is deployed to it', { needs: ['stage-exists'] }, async ({ aws, chat, patience }) => {
    const { name } = (await chat.stage())!
    const { id } = (await chat.api())!
    const deployed = await patience.until('The automatic deployment takes some seconds', 30, async () =>
      (await aws.apigatewayv2.getStage({ ApiId: id, StageName: name })).DeploymentId)
    if (!deployed) return fail(`Nothing was ever deployed to the stage ${name}.`)
  }),

  check('lets-clients-in', 'Clients get in at its URL', { needs: ['stage-deployed'], about: 'putConnectedClientToDDB' }, async ({ cloud, chat, probe, patience }) => {
    const room = (await probe.theirRoom())!
    let handshake
    const client = await patience.until(DEPLOYING, DEPLOYING_SECONDS, async () => {
      const joining = await room.knock()
      handshake = joining.handshake
      return joining.client?.connectionId ? joining.client : undefined
    })
    const url = cloud.webSocketUrl((await chat.api())!.id, room.stage)
    if (handshake!.status !== 101) return fail(`A client that wanted in at ${url} was refused: ${handshake!.status ?? handshake!.error}.`, { handshake, refs: refsIn(handshake!.body) })
    if (!client) return fail(`A client got in at ${url}, but ${room.rows.table} has no row with its connection id.`, { handshake })
  }),

  check('serves-the-routes', 'It serves what the routes say', { needs: ['lets-clients-in'], about }, async (context) => {
    const room = (await context.probe.theirRoom())!
    let stale: Stale | undefined
    await context.patience.until(DEPLOYING, DEPLOYING_SECONDS, async () => {
      stale = await staleRoute(context, room)
      return stale ? undefined : true
    })
    if (stale) return fail(`The API has the route ${stale.key}, and ${stale.how}.`, { frames: stale.frames })
  }),

  check('both-hear-it', 'What one client says, both hear', { needs: ['serves-the-routes'], about }, async (context) => {
    const room = (await context.probe.theirRoom())!
    const { clients, heard, sent, error, ...seen } = await conversation(context, room, { count: 2 })
    if (heard.length < clients.length)
      return fail(`A client sent ${sent}, and ${heard.length} of 2 clients heard it.${error ? ` The sender got ${error}` : ''}`, seen)
  }),

  check('outputs', 'The stack prints WebSocketURL and ConnectionURL', { needs: ['stage-exists'] }, async ({ chat, cloud }) => {
    const stack = await chat.stack()
    if (!stack) return // made by other means, which have no outputs

    const host = `${(await chat.api())!.id}.execute-api.${cloud.region}.amazonaws.com/${(await chat.stage())!.name}`
    const { WebSocketURL, ConnectionURL } = stack.outputs
    const missing = Object.entries({ WebSocketURL, ConnectionURL }).filter(([, value]) => value === undefined).map(([key]) => key)
    if (missing.length > 0) return fail(`The stack has no output ${missing.join(' and no output ')}.`)
    if (WebSocketURL!.replace(/\/$/, '') !== `wss://${host}`) return fail(`WebSocketURL is ${WebSocketURL}, and the stage is at wss://${host}.`)
    if (ConnectionURL!.replace(/\/(@connections\/?)?$/, '') !== `https://${host}`) return fail(`ConnectionURL is ${ConnectionURL}, and the stage is at https://${host}/@connections.`)
  }),
]

type Stale = { key: string, how: string, frames: Frame[] }

/**
 * The route that the API has and its stage does not know: a message for it is answered with Forbidden (A7.9), or swallowed by a deployed $default, while a
 * new deployment of the same routes does deliver it.
 */
async function staleRoute(context: Context, room: Room): Promise<Stale | undefined> {
  const keys = (await context.chat.routes()).map((route) => route.key)
  // The message for $default goes first: once the other is heard, both were routed.
  const before = keys.includes('$default') ? JSON.stringify({ action: `verify-${context.probe.nonce}` }) : undefined
  const { heard, frames } = await conversation(context, room, { count: 1, before })
  const frame = frames.find(({ text }) => text.startsWith('{"message": "Forbidden"'))
  if (frame && heard.length > 0) return { key: '$default', how: `its stage ${room.stage} answers ${frame.text}`, frames: [frame] }
  if (!keys.includes('sendMessage')) return undefined
  if (frame) return { key: 'sendMessage', how: `its stage ${room.stage} answers ${frame.text}`, frames: [frame] }

  const isSwallowed = heard.length === 0 && frames.length === 0
  if (isSwallowed && (await conversation(context, await context.probe.ownRoom(), { count: 1 })).heard.length > 0)
    return { key: 'sendMessage', how: `a message for it vanishes in its stage ${room.stage}, while a new deployment of the same routes delivers it`, frames }
}

runAlone(import.meta, 4)
