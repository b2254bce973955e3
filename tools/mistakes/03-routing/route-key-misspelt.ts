import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: '{"message": "Forbidden", …} although the route is there, or so it seems.',
  says: [/"message": "Forbidden"/, /The API has no route sendMessage, only .*\bsend[ _-]?messages?\b/i],
  examples: ['seen   The API has no route sendMessage, only $connect, sendmessage.'],
  tell: 'get-routes shows a key that is sendMessage but for a capital, a dash or a blank.',
  cause: 'The route key is spelt in another way. Route keys are case-sensitive: clients send "action": "sendMessage".',
  fix: 'Name the route exactly sendMessage.',
  at: 'steps/03-routing/routing.ts',
  line: /chat\.route\('send/i,
  docs: 'troubleshooting/forbidden',
  matches: ({ check, chat }) => check === 'send-route' && !chat.routes!.some(({ key }) => key === 'sendMessage') && chat.routes!.some(({ key }) => /^\s*send[ _-]?messages?\s*$/i.test(key)),
  break: edit('03-routing/routing.ts', `chat.route('sendMessage'`, `chat.route('sendmessage'`),
})
