import { edit, mistake, tells } from '../mistake.ts'

export default mistake({
  symptom: 'The connection is closed without a word, and the log says GoneException.',
  says: [],
  cause: 'The connection was ended before bye! was posted, and the post then met a 410.',
  fix: 'Await the post first, then end the connection.',
  at: 'steps/06-goodbye/sayGoodbye.ts',
  line: /DeleteConnection/,
  docs: 'troubleshooting/goodbye',
  matches: (evidence) => evidence.check === 'says-bye' && tells(evidence, /GoneException/),
  break: edit('06-goodbye/sayGoodbye.ts', `  await api.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: 'bye!' }))`, '  await api.send(new DeleteConnectionCommand({ ConnectionId: connectionId }))',
    '  await api.send(new DeleteConnectionCommand({ ConnectionId: connectionId })) // which', `  await api.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: 'bye!' })) // which`),
})
