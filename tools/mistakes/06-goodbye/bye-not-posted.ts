import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'Whoever sends leave hears nothing.',
  says: [],
  cause: 'The function posts nothing to the client.',
  fix: 'Post bye! to the connection that sent the message, and await it.',
  todo: '6.2',
  at: 'steps/06-goodbye/sayGoodbye.ts',
  line: /TODO 6\.2|export async function handler/,
  docs: 'troubleshooting/goodbye',
  matches: ({ check, source }) => check === 'says-bye' && source !== '' && !/PostToConnection|\.postToConnection\(|@connections|body:.{0,20}\bbye\b/.test(source),
  break: edit('06-goodbye/sayGoodbye.ts', `  await api.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: 'bye!' }))`, ''),
})
