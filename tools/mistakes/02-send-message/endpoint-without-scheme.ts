import { edit, mistake, tells } from '../mistake.ts'

export default mistake({
  symptom: 'TypeError: Invalid URL (ERR_INVALID_URL)',
  says: [/ERR_INVALID_URL/, /TypeError.*Invalid URL/],
  cause: 'The endpoint of the ApiGatewayManagementApiClient has no scheme. SDK v3 wants a whole URL.',
  fix: 'endpoint: `https://${domainName}/${stage}`',
  at: 'steps/02-send-message/sendMessageToConnectedClient.ts',
  line: /endpoint/,
  docs: 'troubleshooting/send-message',
  matches: (evidence) => evidence.step >= 2 && tells(evidence, /ERR_INVALID_URL|Invalid URL/),
  break: edit('02-send-message/sendMessageToConnectedClient.ts', '`https://${domainName}/${stage}`', '`${domainName}/${stage}`'),
})
