import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'Clients get in, the table stays empty, and a route connect is there.',
  says: [/has no route \$connect, only .*\bconnect\b/i],
  examples: ['seen   The API has no route $connect, only connect.'],
  // A shell takes "$connect" in double quotes for a variable, and leaves an empty route key.
  cause: 'The route key is spelt without its dollar, so that it is a route for messages like any other.',
  fix: 'Name the route $connect. In a shell put it between single quotes, or the shell takes it for a variable.',
  at: 'steps/01-connect/connect.ts',
  line: /chat\.route/,
  docs: 'troubleshooting/connect',
  matches: ({ check, chat }) => check === 'connect-route' && chat.routes!.some(({ key }) => /^(on)?connect$/i.test(key)) && !chat.routes!.some(({ key }) => key === '$connect'),
  break: edit('01-connect/connect.ts', `chat.route('$connect'`, `chat.route('connect'`),
})
