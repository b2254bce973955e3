import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: '/bye is answered by silence.',
  says: [],
  cause: 'The function posts nothing to the one who leaves.',
  fix: 'Do for /bye what sayGoodbye does: post bye!, await it, then end the connection.',
  todo: '7.5',
  at: 'steps/07-friendly/understandPlainText.ts',
  line: /TODO 7\.5|case .bye/,
  docs: 'troubleshooting/friendly',
  matches: ({ step, check, source }) => step === 7 && check === 'hears-bye' && source !== '' && !/["'`]bye!?["'`]\)/i.test(source),
  break: edit('07-friendly/understandPlainText.ts', `await answer('bye!')`, '', `await api.send(new DeleteConnectionCommand({ ConnectionId: connectionId }))`, ''),
})
