import { edit, mistake, tells } from '../mistake.ts'

export default mistake({
  symptom: 'ValidationException: The provided key element does not match the schema, when somebody has left.',
  says: [/The provided key element does not match the schema/],
  examples: ['ValidationException: The provided key element does not match the schema'],
  tell: 'It comes with a DeleteItem, when somebody has left; a table with a wrong key fails with the first put.',
  cause: 'The row to delete is named by another key than connectionId, or by a value of another type.',
  fix: 'Key: { connectionId: { S: connectionId } } for the plain client, Key: { connectionId } for the document client.',
  at: 'steps/02-send-message/sendMessageToConnectedClient.ts',
  line: /Key:/,
  docs: 'troubleshooting/stale-connections',
  matches: (evidence) => ['prunes-the-gone', 'survives-a-bad-row'].includes(evidence.check)
    && tells(evidence, /provided key element does not match the schema|number of conditions on the keys is invalid|Type mismatch for key/),
  break: edit('02-send-message/sendMessageToConnectedClient.ts', 'Key: { connectionId: {', 'Key: { id: {'),
})
