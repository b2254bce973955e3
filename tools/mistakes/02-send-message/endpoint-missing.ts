import { edit, mistake, tells } from '../mistake.ts'

export default mistake({
  symptom: 'Error: getaddrinfo ENOTFOUND execute-api.eu-west-1.amazonaws.com',
  says: [/ENOTFOUND execute-api\./],
  cause: 'The ApiGatewayManagementApiClient has no endpoint, so it calls an address that belongs to no API.',
  fix: 'endpoint: `https://${domainName}/${stage}`',
  at: 'steps/02-send-message/sendMessageToConnectedClient.ts',
  line: /new ApiGatewayManagementApi/,
  docs: 'troubleshooting/send-message',
  matches: (evidence) => evidence.step >= 2 && tells(evidence, /(ENOTFOUND|EAI_AGAIN|ECONNREFUSED)[^\n]*\bexecute-api\./),
  break: edit('02-send-message/sendMessageToConnectedClient.ts', '{ endpoint: `https://${domainName}/${stage}` }', '{}'),
})
