import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: '{"message": "Forbidden", …} for every message, or silence where $default is deployed.',
  says: [/"message": "Forbidden", "connectionId":/, /The API has no route sendMessage/],
  examples: ['{"message": "Forbidden", "connectionId":"eHrdFcnvvHcCE-w=", "requestId":"eHrjDEuVPHcFWMg="}', 'seen   The API has no route sendMessage, only $connect.'],
  tell: 'aws apigatewayv2 get-routes shows no RouteKey sendMessage, spelt exactly so.',
  cause: 'The API has no route sendMessage, so no message finds the function.',
  fix: 'Route sendMessage to sendMessageToConnectedClient.',
  todo: '3.1',
  at: 'steps/03-routing/routing.ts',
  line: /TODO 3\.1|chat\.route/,
  docs: 'troubleshooting/forbidden',
  matches: ({ check, chat }) => check === 'send-route' && chat.routes !== undefined && !chat.routes.some(({ key }) => /^\s*send[ _-]?messages?\s*$/i.test(key)),
  break: edit('03-routing/routing.ts', `chat.route('sendMessage', new WebSocketLambdaIntegration('SendMessageIntegration', sendMessageToConnectedClient))`, ''),
})
