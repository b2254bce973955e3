import { mistake, spoil } from '../mistake.ts'

export default mistake({
  symptom: 'People who left stay in the table, and the function is never called.',
  says: [/API Gateway may not invoke removeDisconnectedClient.*/],
  examples: [
    'seen   API Gateway may not invoke removeDisconnectedClient for the route $disconnect: the function\'s policy does not say so.',
  ],
  cause: 'API Gateway may not invoke removeDisconnectedClient: the policy of the function does not allow it for $disconnect.',
  fix: 'Allow apigateway.amazonaws.com to invoke it (CDK: one integration object per route; console: save the integration again).',
  at: 'steps/06-goodbye/goodbye.ts',
  line: /\$disconnect/,
  docs: 'troubleshooting/goodbye',
  matches: ({ step, check, chat }) => step === 6 && check === 'disconnect-route' && chat.routes!.some(({ key, mayInvoke }) => key === '$disconnect' && mayInvoke === false),
  break: spoil(async ({ lambda, chat }) => {
    const { name } = chat.functions.removeDisconnectedClient!
    const { Policy } = await lambda.getPolicy({ FunctionName: name })
    for (const { Sid } of JSON.parse(Policy!).Statement) await lambda.removePermission({ FunctionName: name, StatementId: Sid })
  }),
})
