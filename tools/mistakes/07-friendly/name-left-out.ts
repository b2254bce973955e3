import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'Everyone reads the words, and nobody knows whose they are.',
  says: [],
  cause: 'The words are posted without the name of who typed them.',
  fix: 'Post the name, a colon, a blank and the words.',
  todo: '7.2',
  at: 'steps/07-friendly/understandPlainText.ts',
  line: /TODO 7\.2|async function say|allSettled/,
  docs: 'troubleshooting/friendly',
  matches: ({ check, seen }) => check === 'name-in-front' && / read "verify: /.test(seen),
  break: edit('07-friendly/understandPlainText.ts', '`${name}: ${words}`', 'words'),
})
