import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'Whoever types reads the own words, and nobody else does.',
  says: [],
  cause: 'The words are posted to the connection that sent them, and not to everyone in the table.',
  fix: 'Post them to everyone whom the scan has found.',
  at: 'steps/07-friendly/understandPlainText.ts',
  line: /say\(|allSettled/,
  docs: 'troubleshooting/friendly',
  matches: ({ step, check, frames }) => step === 7 && check === 'everyone-hears' && new Set(frames.map(({ client }) => client)).size === 1,
  break: edit('07-friendly/understandPlainText.ts', '[me, ...others], me.name', '[me], me.name'),
})
