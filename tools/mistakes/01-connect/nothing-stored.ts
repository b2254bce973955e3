import { edit, mistake } from '../mistake.ts'

/** Every way to put a row, with either kind of client. */
const WRITES = /PutItem|PutCommand|UpdateItem|UpdateCommand|BatchWrite|TransactWrite|\.put\(|\.putItem\(/

export default mistake({
  symptom: 'A client gets in, and nobody remembers it.',
  says: [],
  cause: 'The function does nothing with the client yet.',
  fix: 'Put the connection id into the table that TABLE_NAME names.',
  todo: '1.1',
  at: 'steps/01-connect/putConnectedClientToDDB.ts',
  line: /TODO 1\.1|function handler/,
  docs: 'troubleshooting/connect',
  matches: ({ step, check, source, answer }) => step === 1 && ['runs-its-code', 'stores-the-test-event'].includes(check)
    && answer?.errorMessage === undefined && source !== '' && !WRITES.test(source),
  break: edit('01-connect/putConnectedClientToDDB.ts', `  await dynamoDB.send(new PutItemCommand({
    TableName: process.env.TABLE_NAME,
    Item: { connectionId: { S: event.requestContext.connectionId } }, // all we need to reach the client later
  }))
`, ''),
})
