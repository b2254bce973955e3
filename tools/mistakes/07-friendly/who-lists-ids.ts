import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: '/who lists letters that nobody is called.',
  says: [],
  cause: 'The answer has the connection ids in it, and not the names.',
  fix: 'List the name of each. An id is nobody\'s business: it is the address at which its owner can be reached.',
  at: 'steps/07-friendly/understandPlainText.ts',
  line: /case .who/,
  docs: 'troubleshooting/friendly',
  matches: ({ check, seen }) => check === 'who' && /\/who and read ".*[\w-]{11,}=/.test(seen),
  break: edit('07-friendly/understandPlainText.ts', '[`${me.name} (you)`, ...others.map(({ name }) => name)]', 'people.map((one) => one.connectionId)'),
})
