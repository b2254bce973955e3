import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'Connecting answers 500 or 502, and the log says that the table name is missing.',
  says: [/Value null at 'tableName'/, /No value provided for .*TableName/, /TableName.*(must not be null|undefined)/, /putConnectedClientToDDB has no environment variable TABLE_NAME/],
  examples: ["1 validation error detected: Value null at 'tableName' failed to satisfy constraint: Member must not be null", 'seen   putConnectedClientToDDB has no environment variable TABLE_NAME.'],
  cause: 'putConnectedClientToDDB has no environment variable TABLE_NAME.',
  fix: 'Set TABLE_NAME of the function to the name of the table.',
  todo: '1.4',
  at: 'steps/01-connect/connect.ts',
  line: /TODO 1\.4|addEnvironment/,
  docs: 'troubleshooting/connect',
  matches: ({ step, check, chat }) => step === 1 && check === 'table-name' && chat.functions.putConnectedClientToDDB?.environment.TABLE_NAME === undefined,
  break: edit('01-connect/connect.ts', `putConnectedClientToDDB.addEnvironment('TABLE_NAME', table.tableName)`, ''),
})
