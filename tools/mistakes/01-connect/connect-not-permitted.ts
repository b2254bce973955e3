import { mistake, spoil } from '../mistake.ts'

export default mistake({
  symptom: 'wscat: Unexpected server response: 500, and no line in the log of the function.',
  says: [/Unexpected (?:server response|response code): 500/, /may not invoke putConnectedClientToDDB for the route \$connect/],
  examples: ['error: Unexpected server response: 500', 'seen   API Gateway may not invoke putConnectedClientToDDB for the route $connect: the function\'s policy does not say so.'],
  tell: 'The log has no START of the function for this handshake: it was never called.',
  cause: 'API Gateway may not invoke putConnectedClientToDDB: the policy of the function does not allow it for $connect.',
  fix: 'Allow apigateway.amazonaws.com to invoke it (CDK: one integration object per route; console: save the integration again).',
  at: 'steps/01-connect/connect.ts',
  line: /chat\.route/,
  docs: 'troubleshooting/connect',
  matches: ({ check, chat }) => check === 'connect-route' && chat.routes!.some(({ key, mayInvoke }) => key === '$connect' && mayInvoke === false),
  break: spoil(async ({ lambda, chat }) => {
    const { name } = chat.functions.putConnectedClientToDDB!
    const { Policy } = await lambda.getPolicy({ FunctionName: name })
    for (const { Sid } of JSON.parse(Policy!).Statement) await lambda.removePermission({ FunctionName: name, StatementId: Sid })
  }),
})
