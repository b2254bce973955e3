import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'With many people in the room, some never hear anything.',
  says: [],
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
