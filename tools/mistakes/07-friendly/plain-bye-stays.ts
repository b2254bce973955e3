import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'Whoever typed /bye hears bye!, and then everything that the others say.',
  says: [],
  cause: 'The function does not end the connection.',
  fix: 'Send a DeleteConnectionCommand with the same connection id, after bye!, and await it.',
  todo: '7.5',
  at: 'steps/07-friendly/understandPlainText.ts',
  line: /TODO 7\.5|case .bye/,
  docs: 'troubleshooting/friendly',
  matches: ({ check, source }) => check === 'bye-closes' && source !== '' && !/new \w*DeleteConnectionCommand|\.deleteConnection\(/.test(source),
  break: edit('07-friendly/understandPlainText.ts', `await api.send(new DeleteConnectionCommand({ ConnectionId: connectionId }))`, ''),
})
