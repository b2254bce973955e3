import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'Two people are called Ada.',
  says: [],
  cause: 'Nobody looks whether somebody else has the name.',
  fix: 'Compare it with the names of all the others first, and refuse it in words.',
  at: 'steps/07-friendly/understandPlainText.ts',
  line: /looksLike|case .name/,
  docs: 'troubleshooting/friendly',
  matches: ({ check, seen }) => check === 'one-name-one-person' && /typed \/name and it, and was called/.test(seen),
  break: edit('07-friendly/understandPlainText.ts', 'others.some(({ name }) => looksLike(name, meaning.name))', 'false'),
})
