import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'ValidationException about tableName, each time somebody types.',
  says: [],
  cause: 'understandPlainText has no environment variable TABLE_NAME, so it does not know which table.',
  fix: 'Give it TABLE_NAME, the name of the table.',
  todo: '7.1',
  at: 'steps/07-friendly/friendly.ts',
  line: /TODO 7\.1|TABLE_NAME/,
  docs: 'troubleshooting/friendly',
  matches: ({ step, check, chat }) => step === 7 && check === 'table-name' && chat.functions.understandPlainText !== undefined && chat.functions.understandPlainText.environment.TABLE_NAME === undefined,
  break: edit('07-friendly/friendly.ts', `understandPlainText.addEnvironment('TABLE_NAME', table.tableName)`, ''),
})
