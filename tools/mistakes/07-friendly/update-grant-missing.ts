import { edit, mayNot, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'Talking works; /name is answered by Internal server error, with AccessDeniedException for dynamodb:UpdateItem in the log.',
  says: [],
  cause: 'The role of understandPlainText may not change rows of the table, so it cannot keep a name.',
  fix: 'Grant it dynamodb:UpdateItem on the table.',
  todo: '7.1',
  at: 'steps/07-friendly/friendly.ts',
  line: /TODO 7\.1|table\.grant/,
  docs: 'troubleshooting/friendly',
  matches: (evidence) => evidence.step === 7 && mayNot(evidence, 'dynamodb:UpdateItem'),
  break: edit('07-friendly/friendly.ts', `'dynamodb:Scan', 'dynamodb:UpdateItem'`, `'dynamodb:Scan'`),
})
