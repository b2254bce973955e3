import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'The function returns bye!, and nobody hears it.',
  says: [],
  cause: 'The route is one-way: what the function returns is read by nobody.',
  fix: 'Post bye! to the connection that sent the message.',
  at: 'steps/06-goodbye/sayGoodbye.ts',
  line: /bye/,
  docs: 'troubleshooting/goodbye',
  matches: ({ check, source }) => check === 'says-bye' && /body:.{0,20}\bbye\b/.test(source) && !/PostToConnection|\.postToConnection\(|@connections/.test(source),
  break: edit('06-goodbye/sayGoodbye.ts', `  await api.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: 'bye!' }))`, '', 'return { statusCode: 200 }', `return { statusCode: 200, body: 'bye!' }`),
})
