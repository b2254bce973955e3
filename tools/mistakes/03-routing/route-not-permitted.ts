import { mistake, spoil } from '../mistake.ts'

export default mistake({
  symptom: '{"message": "Internal server error", …} for every message, and no line in the log of the function.',
  says: [/"message": "Internal server error"/, /may not invoke sendMessageToConnectedClient for the route/, /Execution failed due to configuration error: Invalid permissions on Lambda function/],
  examples: ['{"message": "Internal server error", "connectionId":"gbii945iEQAYKEidDA==", "requestId":"EP43GFy6IAMEhfA="}'],
  tell: 'The log has no START of the function for this message. Where it has one, the error below it is the cause.',
  cause: 'API Gateway may not invoke sendMessageToConnectedClient: the policy of the function does not allow it for this route.',
  fix: 'Allow apigateway.amazonaws.com to invoke it (CDK: one integration object per route; console: save the integration again).',
  at: 'steps/03-routing/routing.ts',
  line: /sendMessage/,
  docs: 'troubleshooting/forbidden',
  matches: ({ check, chat }) => check === 'send-route' && chat.routes!.some(({ key, mayInvoke }) => key === 'sendMessage' && mayInvoke === false),
  break: spoil(async ({ lambda, chat }) => {
    const { name } = chat.functions.sendMessageToConnectedClient!
    const { Policy } = await lambda.getPolicy({ FunctionName: name })
    for (const { Sid } of JSON.parse(Policy!).Statement) await lambda.removePermission({ FunctionName: name, StatementId: Sid })
  }),
})
