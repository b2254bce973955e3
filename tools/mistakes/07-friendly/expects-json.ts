import { edit, mistake, tells } from '../mistake.ts'

export default mistake({
  symptom: 'Plain text is answered by Internal server error, and the log has a SyntaxError about JSON.',
  says: [],
  cause: 'The function parses what it gets as JSON. On $default arrives what people type, as it is.',
  fix: 'Take event.body for the words themselves.',
  at: 'steps/07-friendly/understandPlainText.ts',
  line: /JSON\.parse/,
  docs: 'troubleshooting/friendly',
  matches: (evidence) => evidence.step === 7 && evidence.about === 'understandPlainText' && tells(evidence, /SyntaxError/),
  break: edit('07-friendly/understandPlainText.ts', 'meaningOf(event.body)', 'meaningOf(JSON.parse(event.body!).data)'),
})
