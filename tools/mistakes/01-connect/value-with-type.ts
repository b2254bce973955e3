import { edit, importing, mistake, tells } from '../mistake.ts'

export default mistake({
  symptom: 'ValidationException: … Type mismatch for key connectionId expected: S actual: M',
  says: [/Type mismatch for key connectionId expected: S actual: M/],
  cause: 'The value is wrapped as { S: … } for the plain client, and the document client takes that for an object.',
  fix: 'With the document client write Item: { connectionId: event.requestContext.connectionId }.',
  at: 'steps/01-connect/putConnectedClientToDDB.ts',
  line: /\{ S:/,
  docs: 'troubleshooting/connect',
  matches: (evidence) => tells(evidence, /Type mismatch for key connectionId expected: S actual: M/),
  break: edit('01-connect/putConnectedClientToDDB.ts',
    'DynamoDBClient, PutItemCommand }', 'DynamoDBClient }',
    'import type {', `${importing('DynamoDBDocumentClient, PutCommand as PutItemCommand', '@aws-sdk/lib-dynamodb')}import type {`,
    'new DynamoDBClient()', 'DynamoDBDocumentClient.from(new DynamoDBClient())'),
})
