import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: '/who is answered by silence.',
  says: [],
  cause: 'The function posts no list of names to the sender.',
  fix: 'Answer with the names that the scan has found.',
  todo: '7.5',
  at: 'steps/07-friendly/understandPlainText.ts',
  line: /TODO 7\.5|case .who/,
  docs: 'troubleshooting/friendly',
  matches: ({ check, seen }) => check === 'who' && seen.endsWith('/who and read nothing.'),
  break: edit('07-friendly/understandPlainText.ts', 'await answer([`${me.name} (you)`, ...others.map(({ name }) => name)].slice(0, 100).join(\', \'))', ''),
})
