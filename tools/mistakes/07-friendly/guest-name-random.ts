import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'A guest has another name with each message, or with some.',
  says: [],
  cause: 'The name is drawn by lot. Each environment of the function draws another, and so does each message.',
  fix: 'Make it of the connection id, which stays the same: by a hash, for one.',
  todo: '7.3',
  at: 'steps/07-friendly/understandPlainText.ts',
  line: /random/i,
  docs: 'troubleshooting/friendly',
  matches: ({ check, source }) => check === 'guest-name' && /Math\.random|random(UUID|Bytes|Int)/.test(source),
  break: edit('07-friendly/understandPlainText.ts', `createHash('sha256').update(connectionId).digest('hex').slice(0, 4)`, `Math.random().toString(16).slice(2, 6)`),
})
