import { check, CheckFailed, fail, pass, type Context } from './check.ts'
import { leadsToFunction } from './common-checks.ts'
import { conversation } from './conversation.ts'
import { exchange } from './exchange.ts'
import { failUnlessNarrow } from './grants.ts'
import { runAlone } from './run-alone.ts'

const about = 'sendMessageToConnectedClient'

/** Nearly right, so no route takes it: keys are case-sensitive (A7.5). */
const UNROUTED = '{"action": "sendmessage", "data": "hello?"}'

/** Step 3: which message goes where. */
export const checks = [
  check('send-route', 'The route sendMessage leads to sendMessageToConnectedClient', {}, async (context) => {
    if (!await context.chat.function(about)) return fail(`There is no function ${context.chat.names[about]}. That is step 2: npm run verify:step-2`)
    return leadsToFunction(context, 'sendMessage', about)
  }),

  check('other-routes', '$disconnect and $default are taken care of', {}, async (context) => {
    const routes = await context.chat.routes()
    const missing = ['$disconnect', '$default'].filter((key) => !routes.some((route) => route.key === key))
    if (missing.length > 0) return fail(`The API has no route ${missing.join(' and no route ')}.${missing.includes('$default') ? await readWithoutDefault(context) : ''}`)
    const loose = routes.find(({ key, integration }) => ['$disconnect', '$default'].includes(key) && !integration)
    if (loose) return fail(`The route ${loose.key} leads nowhere: it has no integration.`)
  }),

  check('selection', 'The API selects routes by the member action', {}, async ({ chat }) => {
    const { routeSelectionExpression } = (await chat.api())!
    if (!/^(\$request\.body\.action|\$\{request\.body\.action\})$/.test(routeSelectionExpression))
      return fail(`The route selection expression is ${routeSelectionExpression}.`)
  }),

  check('message-arrives', "A client's message reaches the others", { needs: ['send-route', 'selection'], about }, (context) => context.probe.inAnyRoom(async (room) => {
    const { clients, heard, sent, error, ...seen } = await conversation(context, room)
    if (heard.length === clients.length) return

    const failure = fail(`A client sent ${sent}, and ${heard.length} of ${clients.length} clients heard it.${error ? ` The sender got ${error}` : ''}`, seen)
    return failUnlessNarrow(context, room, failure)
  })),

  check('unrouted', 'A message that no route takes ends at $default', { needs: ['other-routes', 'message-arrives'] }, (context) => context.probe.inAnyRoom(async (room) => {
    const { came } = await exchange(context, room, UNROUTED)
    const refusal = came.find(isForbidden)
    if (refusal) return fail(`A client sent ${UNROUTED} and read ${refusal}, although there is a route $default.`, { frames: [{ client: 1, text: refusal }] })
    return pass(`a client sent ${UNROUTED} and read ${came.length === 0 ? 'nothing: $default took it, and says nothing' : came.join(' and ')}`)
  })),
]

/** The lesson in the missing route: what a client gets that sends what nobody takes. Empty where no client gets that far. */
async function readWithoutDefault(context: Context) {
  try {
    const { came } = await exchange(context, await context.probe.ownRoom(), UNROUTED, isForbidden)
    const refusal = came.find(isForbidden)
    return refusal ? ` A client sent ${UNROUTED} and read ${refusal}` : ''
  } catch (error) {
    if (error instanceof CheckFailed) return ''
    throw error
  }
}

const isForbidden = (text: string) => text.startsWith('{"message": "Forbidden"')

runAlone(import.meta, 3)
