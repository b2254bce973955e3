import { edit, mayNot, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'AccessDeniedException for dynamodb:Scan in the log, each time somebody types.',
  says: [],
  cause: 'The role of understandPlainText may not read the table, so it does not know who is there and how they are called.',
  fix: 'Grant it dynamodb:Scan on the table.',
  todo: '7.1',
  at: 'steps/07-friendly/friendly.ts',
  line: /TODO 7\.1|table\.grant/,
  docs: 'troubleshooting/friendly',
  matches: (evidence) => evidence.step === 7 && evidence.about === 'understandPlainText' && mayNot(evidence, 'dynamodb:Scan'),
  break: edit('07-friendly/friendly.ts', `'dynamodb:Scan', 'dynamodb:UpdateItem'`, `'dynamodb:UpdateItem'`),
})
