import { mistake, spoil } from '../mistake.ts'

export default mistake({
  symptom: 'ResourceNotFoundException: Function not found.',
  says: [/Function not found: arn:aws:lambda/, /There is no function \w+\./],
  examples: ['ResourceNotFoundException: Function not found: arn:aws:lambda:us-east-1:111122223333:function:putConnectedClientToDDB', 'seen   There is no function sendMessageToConnectedClient.'],
  cause: 'The function does not exist: it is not deployed yet, or it was deleted.',
  fix: 'Deploy: npm run deploy. If it was deleted by hand: npm run destroy first.',
  docs: 'troubleshooting/account',
  matches: ({ check, about, chat }) => check.endsWith('-ready') && about !== undefined && chat.functions[about] === undefined,
  break: spoil(({ lambda, chat }) => lambda.deleteFunction({ FunctionName: chat.functions.putConnectedClientToDDB!.name })),
})
