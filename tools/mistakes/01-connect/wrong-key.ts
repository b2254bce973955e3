import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'ValidationException: One or more parameter values were invalid: Missing the key connectionID in the item',
  says: [/Missing the key (?!connectionId )\w+ in the item/, /The key of \S+ is (?!connectionId \(S\))\w+ \(/, /The provided key element does not match the schema/, /Type mismatch for key \w+ expected: N/],
  examples: [
    'ValidationException: One or more parameter values were invalid: Missing the key connectionID in the item',
    'ValidationException: The provided key element does not match the schema',
  ],
  cause: 'The table is keyed by something else than the string connectionId. Names are case-sensitive.',
  fix: 'Key the table by connectionId, type string. A key cannot be changed: the table is made anew.',
  at: 'steps/01-connect/connect.ts',
  line: /partitionKey/,
  docs: 'troubleshooting/connect',
  matches: ({ check, chat }) => check === 'table-key' && chat.table?.keys.length === 1,
  break: edit('01-connect/connect.ts', `name: 'connectionId'`, `name: 'connectionID'`),
})
