import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'ValidationException: Missing the key … in the item, although connectionId is there.',
  says: [/The number of conditions on the keys is invalid/, /Missing the key (?!connectionId )\w+ in the item/],
  examples: ['ValidationException: The number of conditions on the keys is invalid'],
  cause: 'The table has a sort key besides connectionId, and every row would need both.',
  fix: 'Make the table without a sort key. A key cannot be changed: the table is made anew.',
  at: 'steps/01-connect/connect.ts',
  line: /sortKey/,
  docs: 'troubleshooting/connect',
  matches: ({ check, chat }) => check === 'table-key' && chat.table!.keys.some(({ role }) => role === 'RANGE'),
  break: edit('01-connect/connect.ts', 'billingMode:', `sortKey: { name: 'connectedAt', type: AttributeType.STRING },\n    billingMode:`),
})
