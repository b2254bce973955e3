import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'Emoji vanish, and so does half of what is not English.',
  says: [],
  cause: 'Everything but ASCII is taken out of the text. Only control characters do harm.',
  fix: 'Take out what is named: \\p{Cc} and the few others in words.ts.',
  at: 'steps/07-friendly/words.ts',
  line: /UNSEEN =/,
  docs: 'troubleshooting/friendly',
  matches: ({ check }) => check === 'stays-whole',
  break: edit('07-friendly/words.ts', String.raw`/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu`, String.raw`/[^\x20-\x7e]+/gu`),
})
