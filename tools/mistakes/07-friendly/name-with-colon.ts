import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'It reads as if Ada owed somebody something, and Ada has not said a word.',
  says: [],
  cause: 'A name may have a colon in it, so that its beginning reads like a name of its own.',
  fix: 'Say which characters a name is made of, and refuse the rest in words.',
  at: 'steps/07-friendly/words.ts',
  line: /NAME =/,
  docs: 'troubleshooting/friendly',
  matches: ({ check, seen }) => check === 'odd-names' && /a name with a colon, and was called/.test(seen),
  break: edit('07-friendly/words.ts', "\\u200d .'’_-]+$/u", "\\u200d .:'’_-]+$/u"),
})
