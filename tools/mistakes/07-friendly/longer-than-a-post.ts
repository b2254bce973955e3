import { edit, mistake, tells } from '../mistake.ts'

export default mistake({
  symptom: 'A very long text is answered by silence, and the log has a 413.',
  says: [],
  cause: 'A message may have 128 KB, and so may a post. With a name in front of it, the longest message is too long for a post.',
  fix: 'Refuse what is longer than people want to read, in words to its sender, before it is posted.',
  at: 'steps/07-friendly/words.ts',
  line: /MOST_CHARACTERS/,
  docs: 'troubleshooting/friendly',
  matches: (evidence) => evidence.check === 'long-text' && tells(evidence, /413|PayloadTooLarge|RequestEntityTooLarge/),
  break: edit('07-friendly/words.ts', 'const MOST_CHARACTERS = 1_000', 'const MOST_CHARACTERS = 1_000_000'),
})
