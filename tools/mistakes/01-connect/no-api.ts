import { mistake, spoil } from '../mistake.ts'

export default mistake({
  symptom: 'Nothing of the chat can be found.',
  says: [/Stack with id ChatStack\S* does not exist/, /There is no WebSocket API/],
  examples: ['An error occurred (ValidationError) when calling the DescribeStacks operation: Stack with id ChatStack does not exist', 'seen   There is no WebSocket API "My Chat API", and no stack ChatStack.'],
  cause: 'There is no API: nothing is deployed yet, or it is in another account or region than the one named here.',
  fix: 'Deploy: npm start does it on each save, npm run deploy once. Look at account and region if you did.',
  docs: 'troubleshooting/account',
  matches: ({ check, chat }) => check === 'api-exists' && chat.api === undefined,
  break: spoil(({ apigatewayv2, chat }) => apigatewayv2.deleteApi({ ApiId: chat.api!.id })),
})
