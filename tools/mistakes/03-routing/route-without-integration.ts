import { mistake, spoil } from '../mistake.ts'

export default mistake({
  symptom: 'The route is in the list, and messages for it fail.',
  says: [/The route sendMessage leads nowhere/],
  examples: ['seen   The route sendMessage leads nowhere: it has no integration.'],
  cause: 'The route sendMessage has no integration: it names nothing that could answer.',
  fix: 'Give it a Lambda integration with sendMessageToConnectedClient (console: Attach integration), and deploy.',
  at: 'steps/03-routing/routing.ts',
  line: /sendMessage/,
  docs: 'troubleshooting/forbidden',
  matches: ({ check, chat }) => check === 'send-route' && chat.routes!.some(({ key, integration }) => key === 'sendMessage' && !integration),
  break: spoil(async ({ apigatewayv2, chat }) => {
    const ApiId = chat.api!.id
    const route = chat.routes!.find(({ key }) => key === 'sendMessage')!
    await apigatewayv2.deleteRoute({ ApiId, RouteId: route.id })
    await apigatewayv2.createRoute({ ApiId, RouteKey: route.key })
  }),
})
