import { edit, mayNot, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'AccessDeniedException: … is not authorized to perform: dynamodb:PutItem',
  says: [/not authorized to perform: dynamodb:PutItem/],
  examples: [
    'AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/ChatStack-putRole/putConnectedClientToDDB is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:us-east-1:111122223333:table/WebsocketConnection',
  ],
  cause: 'The role of putConnectedClientToDDB may not put rows into the table.',
  fix: 'Grant it dynamodb:PutItem on the table.',
  todo: '1.4',
  at: 'steps/01-connect/connect.ts',
  line: /TODO 1\.4|grant/,
  docs: 'troubleshooting/connect',
  matches: (evidence) => evidence.step === 1 && mayNot(evidence, 'dynamodb:PutItem'),
  break: edit('01-connect/connect.ts', `table.grant(putConnectedClientToDDB, 'dynamodb:PutItem')`, ''),
})
