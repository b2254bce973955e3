import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'A guest is called guest-xQM= or the like, or many guests are called the same.',
  says: [],
  cause: 'The name is a piece of the connection id. Such ids end in =, hold - and _ too, and those of a minute begin alike.',
  fix: 'Hash the id first, and take four letters of the hash.',
  todo: '7.3',
  at: 'steps/07-friendly/understandPlainText.ts',
  line: /slice|substr|TODO 7\.3/,
  docs: 'troubleshooting/friendly',
  matches: ({ check, source }) => check === 'guest-name' && /connectionId\.(slice|substr)/.test(source),
  break: edit('07-friendly/understandPlainText.ts', `createHash('sha256').update(connectionId).digest('hex').slice(0, 4)`, 'connectionId.slice(-4)'),
})
