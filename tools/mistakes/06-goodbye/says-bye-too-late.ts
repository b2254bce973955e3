import { edit, edits, importing, mistake, tells } from '../mistake.ts'

export default mistake({
  symptom: 'GoneException in the log each time somebody leaves, and nobody hears bye!',
  says: [],
  cause: 'When $disconnect runs, the connection has ended: a post to it is answered 410, so the function fails before it deletes the row.',
  fix: 'Only forget the client here. bye! is what the route leave says, before the end.',
  at: 'steps/06-goodbye/removeDisconnectedClient.ts',
  line: /PostToConnection|postToConnection/,
  docs: 'troubleshooting/goodbye',
  matches: (evidence) => evidence.check === 'deletes-the-row' && tells(evidence, /GoneException/),
  break: edits(
    edit('06-goodbye/removeDisconnectedClient.ts', 'import type { APIGateway', `${importing('ApiGatewayManagementApi', '@aws-sdk/client-apigatewaymanagementapi')}import type { APIGateway`,
      '  await dynamoDB.send(', `  const { connectionId, domainName, stage } = event.requestContext
  await new ApiGatewayManagementApi({ endpoint: \`https://\${domainName}/\${stage}\` }).postToConnection({ ConnectionId: connectionId, Data: 'bye!' })
  await dynamoDB.send(`),
    edit('06-goodbye/goodbye.ts', '  api.grantManageConnections(sayGoodbye)', '  api.grantManageConnections(removeDisconnectedClient)\n  api.grantManageConnections(sayGoodbye)'),
  ),
})
