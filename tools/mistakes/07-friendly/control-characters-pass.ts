import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'Somebody clears everyone\'s screen, or speaks in another\'s name on a second line.',
  says: [],
  cause: 'Control characters and line breaks are passed on. Terminals obey them, and two lines look like two people.',
  fix: 'Put a blank in their place before anything else is done with the text: cleaned in words.ts.',
  at: 'steps/07-friendly/words.ts',
  line: /UNSEEN|cleaned/,
  docs: 'troubleshooting/friendly',
  matches: ({ check, seen }) => check === 'one-line' && / another read "/.test(seen),
  break: edit('07-friendly/words.ts', `text.replaceAll(UNSEEN, ' ').trim()`, 'text.trim()'),
})
