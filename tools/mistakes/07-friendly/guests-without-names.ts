import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'Everyone who has not chosen a name is called the same.',
  says: [],
  cause: 'The name of a guest has nothing of the connection in it.',
  fix: 'Make it of the connection id: guest- and four letters or digits of a hash of it.',
  todo: '7.3',
  at: 'steps/07-friendly/understandPlainText.ts',
  line: /TODO 7\.3|function nameOf/,
  docs: 'troubleshooting/friendly',
  matches: ({ check, source }) => check === 'guest-name' && source !== '' && !/guest.{0,4}\$\{|guest-["'`] ?\+|Hash\(/.test(source),
  break: edit('07-friendly/understandPlainText.ts', 'return nickname ?? `guest-${createHash(\'sha256\').update(connectionId).digest(\'hex\').slice(0, 4)}`', 'return nickname ?? `somebody`'),
})
