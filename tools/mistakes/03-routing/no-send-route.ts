import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: '{"message": "Forbidden", …} for every message, or silence where $default is deployed.',
  says: [],
  cause: 'The API has no route sendMessage, so no message finds the function: TODO 3.1 is open.',
  fix: 'TODO 3.1: route sendMessage to sendMessageToConnectedClient.',
  at: 'steps/03-routing/routing.ts',
  line: /TODO 3\.1|chat\.route/,
  docs: 'troubleshooting/forbidden',
  matches: ({ check, chat }) => check === 'send-route' && chat.routes !== undefined && !chat.routes.some(({ key }) => /^send_?-?messages?$/i.test(key)),
  break: edit('03-routing/routing.ts', `chat.route('sendMessage', new WebSocketLambdaIntegration('SendMessageIntegration', sendMessageToConnectedClient))`, ''),
})
