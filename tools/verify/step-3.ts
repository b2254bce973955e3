import { check, fail } from './check.ts'
import { leadsToFunction } from './common-checks.ts'
import { conversation } from './conversation.ts'
import { failUnlessNarrow } from './grants.ts'
import { runAlone } from './run-alone.ts'

const about = 'sendMessageToConnectedClient'

/** Step 3: which message goes where. */
export const checks = [
  check('send-route', 'The route sendMessage leads to sendMessageToConnectedClient', {}, async (context) => {
    if (!await context.chat.function(about)) return fail(`There is no function ${context.chat.names[about]}. That is step 2: npm run verify:step-2`)
    return leadsToFunction(context, 'sendMessage', about)
  }),

  check('other-routes', '$disconnect and $default are taken care of', {}, async ({ chat }) => {
    const routes = await chat.routes()
    const missing = ['$disconnect', '$default'].filter((key) => !routes.some((route) => route.key === key))
    if (missing.length > 0) return fail(`The API has no route ${missing.join(' and no route ')}.`)
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
]

runAlone(import.meta, 3)
