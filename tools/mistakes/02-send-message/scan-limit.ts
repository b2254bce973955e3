import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'Always the same few hear a message, however many are in the room.',
  says: [],
  cause: 'The Scan has a Limit and nobody reads on: Limit is the size of a page, and not a wish for speed.',
  fix: 'Leave Limit out, and go through all pages: paginateScan does that.',
  at: 'steps/02-send-message/sendMessageToConnectedClient.ts',
  line: /Limit:/,
  docs: 'troubleshooting/send-message',
  matches: ({ check, answer, source }) => check === 'reaches-everyone' && answer?.status === 200 && /\bLimit:\s*\d/.test(source) && !/LastEvaluatedKey|paginate/.test(source),
  break: edit('02-send-message/sendMessageToConnectedClient.ts',
    'DynamoDBClient, paginateScan', 'DynamoDBClient, ScanCommand',
    `paginateScan({ client: dynamoDB }, { TableName: process.env.TABLE_NAME, ProjectionExpression: 'connectionId' })`,
    '[await dynamoDB.send(new ScanCommand({ TableName: process.env.TABLE_NAME, Limit: 1 }))]'),
})
