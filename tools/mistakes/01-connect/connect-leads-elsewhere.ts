import { mistake, spoil } from '../mistake.ts'

export default mistake({
  symptom: 'Clients get in, and the table stays empty, although $connect is there.',
  says: [/The route \$connect leads (nowhere|to (?!putConnectedClientToDDB)\S+)/],
  examples: ['seen   The route $connect leads to a MOCK integration, not to putConnectedClientToDDB.'],
  cause: 'The route $connect does not lead to putConnectedClientToDDB.',
  fix: 'Give $connect a Lambda integration with putConnectedClientToDDB.',
  at: 'steps/01-connect/connect.ts',
  line: /chat\.route/,
  docs: 'troubleshooting/connect',
  matches: ({ check, chat }) => check === 'connect-route' && chat.routes!.some(({ key, functionName }) => key === '$connect' && functionName !== chat.functions.putConnectedClientToDDB?.name),
  break: spoil(async ({ apigatewayv2, chat }) => {
    const { IntegrationId } = await apigatewayv2.createIntegration({ ApiId: chat.api!.id, IntegrationType: 'MOCK' })
    const route = chat.routes!.find(({ key }) => key === '$connect')!
    await apigatewayv2.updateRoute({ ApiId: chat.api!.id, RouteId: route.id, Target: `integrations/${IntegrationId}` })
  }),
})
