import noSendRoute from './03-routing/no-send-route.ts'
import routeKeyMisspelt from './03-routing/route-key-misspelt.ts'
import routeWithoutIntegration from './03-routing/route-without-integration.ts'
import sendRouteElsewhere from './03-routing/send-route-elsewhere.ts'
import routeNotPermitted from './03-routing/route-not-permitted.ts'
import integrationNotProxy from './03-routing/integration-not-proxy.ts'
import wrongSelectionExpression from './03-routing/wrong-selection-expression.ts'
import noOtherRoutes from './03-routing/no-other-routes.ts'
import defaultId from './03-routing/default-id.ts'
import type { Mistake } from './mistake.ts'

/** Mistakes of step 3. Where several fit, the earlier is the likelier. */
export const routingMistakes = {
  'no-send-route': noSendRoute,
  'route-key-misspelt': routeKeyMisspelt,
  'route-without-integration': routeWithoutIntegration,
  'send-route-elsewhere': sendRouteElsewhere,
  'route-not-permitted': routeNotPermitted,
  'integration-not-proxy': integrationNotProxy,
  'wrong-selection-expression': wrongSelectionExpression,
  'no-other-routes': noOtherRoutes,
  'default-id': defaultId,
} satisfies Record<string, Mistake>
