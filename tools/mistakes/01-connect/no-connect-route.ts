import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'Clients get in, and the table stays empty.',
  says: [/The API has no route \$connect/],
  examples: ['seen   The API has no route $connect.'],
  cause: 'The API has no route $connect, so nobody is asked and nobody remembered.',
  fix: 'Route $connect to putConnectedClientToDDB.',
  todo: '1.5',
  at: 'steps/01-connect/connect.ts',
  line: /TODO 1\.5|chat\.route/,
  docs: 'troubleshooting/connect',
  matches: ({ check, chat }) => check === 'connect-route' && !chat.routes?.some(({ key }) => /^(\$|on)?connect$/i.test(key)),
  break: edit('01-connect/connect.ts', `chat.route('$connect', new WebSocketLambdaIntegration('ConnectIntegration', putConnectedClientToDDB))`, ''),
})
