import { edit, edits, importing, mistake, tells } from '../mistake.ts'

// The support article of re:Post on 410 GoneException names it first (B6.1).
export default mistake({
  symptom: 'GoneException for a client that is just getting in, and the client is refused.',
  says: [/GoneException/, /Unexpected (?:server response|response code): 502/],
  examples: ['wscat -c wss://1tv3vum7ac.execute-api.us-west-2.amazonaws.com/beta\nerror: Unexpected server response: 502\nERROR\tInvoke Error\t{"errorType":"GoneException","errorMessage":"410"}'],
  tell: 'The log is that of $connect, and the id in the message is the one that just wanted in.',
  cause: 'The handler of $connect posts to the client that it lets in. There is no connection before $connect has answered.',
  fix: 'Say hello later: let the client speak first, or post from another function that $connect starts.',
  at: 'steps/01-connect/putConnectedClientToDDB.ts',
  line: /PostToConnection/,
  docs: 'troubleshooting/connect',
  matches: (evidence) => evidence.check === 'clients-get-in' && tells(evidence, /GoneException/) && /PostToConnection|postToConnection/.test(evidence.source),
  break: edits(
    edit('01-connect/putConnectedClientToDDB.ts',
      'import type {', `${importing('ApiGatewayManagementApiClient, PostToConnectionCommand', '@aws-sdk/client-apigatewaymanagementapi')}import type {`,
      `  return { statusCode: 200`, `  const { connectionId, domainName, stage } = event.requestContext
  const api = new ApiGatewayManagementApiClient({ endpoint: \`https://\${domainName}/\${stage}\` })
  if (domainName) await api.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: 'Welcome!' }))
  return { statusCode: 200`),
    edit('01-connect/connect.ts', `  chat.route('$connect'`, `  chat.api.grantManageConnections(putConnectedClientToDDB)\n  chat.route('$connect'`),
  ),
})
