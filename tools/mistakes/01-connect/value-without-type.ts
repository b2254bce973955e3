import { edit, mistake, tells } from '../mistake.ts'

export default mistake({
  symptom: 'SerializationException, as soon as the row is put.',
  says: [/SerializationException/, /Expected an object at \w+Input\.(Item|Key)\b/, /Cannot use 'in' operator to search for 'S' in/],
  examples: ['SerializationException: Expected an object at PutItemInput.Item.connectionId, got a string.'],
  cause: 'The value has no type. The plain client wants each value wrapped: { S: \'text\' }.',
  fix: 'Item: { connectionId: { S: event.requestContext.connectionId } }, or take the document client of @aws-sdk/lib-dynamodb.',
  at: 'steps/01-connect/putConnectedClientToDDB.ts',
  line: /Item:|connectionId:/,
  docs: 'troubleshooting/connect',
  matches: (evidence) => tells(evidence, /SerializationException|Expected an object at|Cannot use 'in' operator to search for 'S'/),
  break: edit('01-connect/putConnectedClientToDDB.ts', '{ S: event.requestContext.connectionId }', 'event.requestContext.connectionId as any'),
})
