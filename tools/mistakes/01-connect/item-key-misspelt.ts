import { edit, mistake, tells } from '../mistake.ts'

export default mistake({
  symptom: 'ValidationException: One or more parameter values were invalid: Missing the key connectionId in the item',
  says: [/Missing the key connectionId in the item/],
  cause: 'The row that is put has no member connectionId, spelt so: the table has that for its key. Names are case-sensitive.',
  fix: 'Item: { connectionId: { S: … } }, with a small c and only one capital, the I.',
  at: 'steps/01-connect/putConnectedClientToDDB.ts',
  line: /Item\b/,
  docs: 'troubleshooting/connect',
  matches: (evidence) => evidence.step === 1 && tells(evidence, /Missing the key connectionId in the item/) && !/\bevent\.connectionId\b/.test(evidence.source),
  break: edit('01-connect/putConnectedClientToDDB.ts', 'Item: { connectionId:', 'Item: { connectionID:'),
})
