import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: '{"message": "Forbidden", …} although the route is there, or so it seems.',
  says: [],
  cause: 'The route key is spelt in another way. Route keys are case-sensitive: clients send "action": "sendMessage".',
  fix: 'Name the route exactly sendMessage.',
  at: 'steps/03-routing/routing.ts',
  line: /chat\.route\('send/i,
  docs: 'troubleshooting/forbidden',
  matches: ({ check, chat }) => check === 'send-route' && !chat.routes!.some(({ key }) => key === 'sendMessage') && chat.routes!.some(({ key }) => /^send_?-?messages?$/i.test(key)),
  break: edit('03-routing/routing.ts', `chat.route('sendMessage'`, `chat.route('sendmessage'`),
})
