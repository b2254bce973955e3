import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'People who left stay in the table for ever.',
  says: [/The row of a client that has left is still in \S+ after a message.*/],
  examples: ['seen   The row of a client that has left is still in WebsocketConnection after a message.'],
  cause: 'The handler never deletes the row of a client that has left.',
  fix: 'Delete the row where a post fails with GoneException.',
  at: 'steps/02-send-message/sendMessageToConnectedClient.ts',
  line: /GoneException/,
  docs: 'troubleshooting/stale-connections',
  matches: ({ check, source }) => check === 'prunes-the-gone' && source !== '' && !/DeleteItem|DeleteCommand|BatchWrite|TransactWrite|\.delete\(|\.deleteItem\(/.test(source),
  break: edit('02-send-message/sendMessageToConnectedClient.ts', 'await dynamoDB.send(new DeleteItemCommand({ TableName: process.env.TABLE_NAME, Key: { connectionId: { S: connectionId } } }))', ''),
})
