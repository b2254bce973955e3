import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'People who left stay in the table, although a function is called when they go.',
  says: [/The row of a client that has left is still in \S+\. The function answered.*/],
  examples: ['seen   The row of a client that has left is still in WebsocketConnection. The function answered {"statusCode":200}'],
  cause: 'The function does not delete anything from the table.',
  fix: 'Send a DeleteItemCommand with the connection id as Key, and await it.',
  todo: '6.1',
  at: 'steps/06-goodbye/removeDisconnectedClient.ts',
  line: /TODO 6\.1|export async function handler/,
  docs: 'troubleshooting/goodbye',
  matches: ({ check, source }) => check === 'deletes-the-row' && source !== '' && !/DeleteItem|DeleteCommand|BatchWrite|TransactWrite|\.delete\(|\.deleteItem\(/.test(source),
  break: edit('06-goodbye/removeDisconnectedClient.ts', 'await dynamoDB.send(new DeleteItemCommand({', 'console.log(JSON.stringify({'),
})
