import { edit, mistake, tells } from '../mistake.ts'

export default mistake({
  symptom: 'BadRequestException: Invalid connectionId: [object Object]',
  says: [/Invalid connectionId: \[object Object\]/, /AttributeValue for a key attribute cannot contain an empty string value/],
  cause: 'The id is still wrapped as { S: … }, as the plain client answers it, and an object is no connection id.',
  fix: 'Take what is in it: item.connectionId.S.',
  at: 'steps/02-send-message/sendMessageToConnectedClient.ts',
  line: /Items/,
  docs: 'troubleshooting/send-message',
  matches: (evidence) => evidence.step >= 2 && tells(evidence, /Invalid connectionId: \[object Object\]|AttributeValue for a key attribute cannot contain an empty string value/),
  break: edit('02-send-message/sendMessageToConnectedClient.ts', 'connectionId?.S ?? []', 'connectionId as any'),
})
