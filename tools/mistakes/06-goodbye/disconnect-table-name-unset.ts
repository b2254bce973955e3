import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'Each time somebody leaves: AccessDenied on table/*, or ValidationException about tableName.',
  says: [/removeDisconnectedClient is not authorized to perform: dynamodb:\w+ on resource: \S+:table\/\*/],
  examples: [
    'AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/ChatStack-removeDisconnectedClientRole/removeDisconnectedClient is not authorized to perform: dynamodb:DeleteItem on resource: arn:aws:dynamodb:us-east-1:111122223333:table/*',
  ],
  cause: 'removeDisconnectedClient has no environment variable TABLE_NAME, so it does not know which table.',
  fix: 'Give it TABLE_NAME, the name of the table.',
  todo: '6.4',
  at: 'steps/06-goodbye/goodbye.ts',
  line: /TODO 6\.4|TABLE_NAME/,
  docs: 'troubleshooting/goodbye',
  matches: ({ check, chat }) => check === 'deletes-the-row' && chat.functions.removeDisconnectedClient !== undefined && chat.functions.removeDisconnectedClient.environment.TABLE_NAME === undefined,
  break: edit('06-goodbye/goodbye.ts', `removeDisconnectedClient.addEnvironment('TABLE_NAME', table.tableName)`, ''),
})
