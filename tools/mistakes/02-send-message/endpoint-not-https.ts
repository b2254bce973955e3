import { edit, mistake, tells } from '../mistake.ts'

export default mistake({
  symptom: 'The function times out as soon as somebody is in the room.',
  says: [],
  cause: 'The endpoint of the ApiGatewayManagementApiClient begins with wss:// or http://, where nobody answers. Posting is done by HTTPS.',
  fix: 'endpoint: `https://${domainName}/${stage}`',
  at: 'steps/02-send-message/sendMessageToConnectedClient.ts',
  line: /endpoint/,
  docs: 'troubleshooting/send-message',
  matches: (evidence) => evidence.step >= 2 && tells(evidence, /Timedout|timed out|ECONNREFUSED/) && /endpoint\b.{0,20}['"`](wss?|http):\/\//s.test(evidence.source),
  break: edit('02-send-message/sendMessageToConnectedClient.ts', '`https://${domainName}/${stage}`', '`wss://${domainName}/${stage}`'),
})
