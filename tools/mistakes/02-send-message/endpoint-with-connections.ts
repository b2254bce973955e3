import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'Every connection counts as gone, and the table is empty after one message.',
  says: [/Invalid connectionId: @connections/, /\/@connections\/@connections\//, /\/@connections\/%40connections/],
  examples: ['BadRequestException: Invalid connectionId: @connections/eHrdFcnvvHcCE-w='],
  cause: 'The endpoint ends in /@connections, which the SDK appends itself.',
  fix: 'endpoint: `https://${domainName}/${stage}`',
  at: 'steps/02-send-message/sendMessageToConnectedClient.ts',
  line: /@connections/,
  docs: 'troubleshooting/send-message',
  matches: ({ step, check, source }) => step >= 2 && check === 'reaches-everyone' && /@connections\/?['"`]/.test(source),
  break: edit('02-send-message/sendMessageToConnectedClient.ts', '`https://${domainName}/${stage}`', '`https://${domainName}/${stage}/@connections`'),
})
