import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'Whoever mistypes a command says it to the whole room.',
  says: [],
  cause: 'What begins with a slash and is no command is taken for words.',
  fix: 'Answer the sender with the commands that there are.',
  at: 'steps/07-friendly/words.ts',
  line: /default:|undefined:/,
  docs: 'troubleshooting/friendly',
  matches: ({ check, seen }) => check === 'nobody-else-reads' && /typed \/dance/.test(seen),
  break: edit('07-friendly/words.ts', 'default: return refused(`There is no such command. ${HELP}`)', "default: return { kind: 'say', words: text }"),
})
