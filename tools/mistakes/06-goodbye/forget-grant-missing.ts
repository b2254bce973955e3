import { edit, mayNot, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'AccessDeniedException for dynamodb:DeleteItem in the log, each time somebody leaves.',
  says: [/removeDisconnectedClient is not authorized to perform: dynamodb:\w+/],
  examples: [
    'AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/ChatStack-removeDisconnectedClientRole/removeDisconnectedClient is not authorized to perform: dynamodb:DeleteItem on resource: arn:aws:dynamodb:us-east-1:111122223333:table/WebsocketConnection',
  ],
  cause: 'The role of removeDisconnectedClient may not delete rows: no policy of it allows dynamodb:DeleteItem on the table.',
  fix: 'Grant it dynamodb:DeleteItem on the table.',
  todo: '6.4',
  at: 'steps/06-goodbye/goodbye.ts',
  line: /TODO 6\.4|table\.grant/,
  docs: 'troubleshooting/goodbye',
  matches: (evidence) => evidence.check === 'deletes-the-row' && mayNot(evidence, 'dynamodb:DeleteItem'),
  break: edit('06-goodbye/goodbye.ts', `table.grant(removeDisconnectedClient, 'dynamodb:DeleteItem')`, ''),
})
