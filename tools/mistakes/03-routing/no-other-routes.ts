import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'Whatever is not a sendMessage answers Forbidden.',
  says: [/The API has no route \$(disconnect|default)/, /The route \$(disconnect|default) leads nowhere/],
  examples: ['seen   The API has no route $disconnect and no route $default.'],
  cause: '$disconnect or $default has no route or no integration.',
  fix: 'Give each of the two a mock integration of its own.',
  todo: '3.2',
  at: 'steps/03-routing/routing.ts',
  line: /TODO 3\.2|\$(disconnect|default)/,
  docs: 'troubleshooting/forbidden',
  matches: ({ check }) => check === 'other-routes',
  break: edit('03-routing/routing.ts', `chat.route('$disconnect', new WebSocketMockIntegration('DisconnectMock', { requestTemplates }))`, ''),
})
