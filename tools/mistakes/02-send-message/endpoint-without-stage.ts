import { edit, mistake, tells } from '../mistake.ts'

export default mistake({
  symptom: 'ForbiddenException: Forbidden',
  says: [/ForbiddenException/],
  cause: 'The endpoint of the ApiGatewayManagementApiClient lacks the stage, and no such stage answers Forbidden.',
  fix: 'endpoint: `https://${domainName}/${stage}`',
  at: 'steps/02-send-message/sendMessageToConnectedClient.ts',
  line: /endpoint/,
  docs: 'troubleshooting/send-message',
  matches: (evidence) => evidence.step >= 2 && tells(evidence, /ForbiddenException/),
  break: edit('02-send-message/sendMessageToConnectedClient.ts', '`https://${domainName}/${stage}`', '`https://${domainName}`'),
})
