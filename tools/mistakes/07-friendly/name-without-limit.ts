import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'Somebody\'s name fills the screen before the words begin.',
  says: [],
  cause: 'A name may be as long as anyone likes.',
  fix: 'Refuse names over some twenty characters, in words to the sender.',
  at: 'steps/07-friendly/words.ts',
  line: /LONGEST_NAME/,
  docs: 'troubleshooting/friendly',
  matches: ({ check, seen }) => check === 'odd-names' && /a name of 5000 characters, and was called/.test(seen),
  break: edit('07-friendly/words.ts', 'const MOST_CHARACTERS = 1_000', 'const MOST_CHARACTERS = 30_000', 'const LONGEST_NAME = 24', 'const LONGEST_NAME = 30_000'),
})
