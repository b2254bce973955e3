import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'With many people in the room, some never hear anything.',
  says: [/with more rows than one page holds, \d+ of \d+/i],
  examples: ['seen   With more rows than one page holds, 3 of 4 connected clients heard the message.'],
  cause: 'The code reads one page of the Scan. A page ends at 1 MB; who is on the next ones never hears anything.',
  fix: 'Go on from LastEvaluatedKey until there is none: paginateScan does that.',
  at: 'steps/02-send-message/sendMessageToConnectedClient.ts',
  line: /ScanCommand\(|\.scan\(/,
  docs: 'troubleshooting/send-message',
  matches: ({ check, source }) => check === 'reads-every-page' && !/LastEvaluatedKey|paginateScan|paginateQuery/.test(source),
  break: edit('02-send-message/sendMessageToConnectedClient.ts',
    'DynamoDBClient, paginateScan', 'DynamoDBClient, ScanCommand',
    'paginateScan({ client: dynamoDB }, {', '[await dynamoDB.send(new ScanCommand({',
    `ProjectionExpression: 'connectionId' })`, `ProjectionExpression: 'connectionId' }))]`),
})
