import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'Whoever said leave hears bye!, and then everything that the others say.',
  says: [/heard bye!, and its connection is still open.*/],
  examples: ['seen   A client sent {"action": "leave"} and heard bye!, and its connection is still open.'],
  cause: 'The function does not end the connection.',
  fix: 'Send a DeleteConnectionCommand with the same connection id, and await it.',
  todo: '6.3',
  at: 'steps/06-goodbye/sayGoodbye.ts',
  line: /TODO 6\.3|return/,
  docs: 'troubleshooting/goodbye',
  matches: ({ check, source }) => check === 'closes' && source !== '' && !/DeleteConnection|\.deleteConnection\(/.test(source),
  break: edit('06-goodbye/sayGoodbye.ts', 'await api.send(new DeleteConnectionCommand({ ConnectionId: connectionId }))', ''),
})
