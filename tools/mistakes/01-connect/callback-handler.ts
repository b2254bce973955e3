import { edit, edits, mistake, tells } from '../mistake.ts'

export default mistake({
  symptom: 'Runtime.CallbackHandlerDeprecated, or a function that ends without effect.',
  says: [/CallbackHandlerDeprecated/, /removed support for callback-based function handlers/],
  cause: 'The handler takes (event, context, callback), which Node.js 24 on Lambda refuses.',
  fix: 'Make it `async (event)` and return the answer.',
  at: 'steps/01-connect/putConnectedClientToDDB.ts',
  line: /function handler/,
  docs: 'troubleshooting/connect',
  matches: (evidence) => tells(evidence, /CallbackHandlerDeprecated/),
  break: edits(
    edit('lambda.ts', 'Runtime.NODEJS_22_X', 'Runtime.NODEJS_24_X'),
    edit('01-connect/putConnectedClientToDDB.ts', 'handler(event: APIGatewayProxyWebsocketEventV2)', 'handler(event: APIGatewayProxyWebsocketEventV2, context: unknown, callback: unknown)'),
  ),
})
