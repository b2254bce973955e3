import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'ValidationException about tableName, each time somebody leaves.',
  says: [],
  cause: 'removeDisconnectedClient has no environment variable TABLE_NAME, so it does not know which table.',
  fix: 'Give it TABLE_NAME, the name of the table.',
  todo: '6.4',
  at: 'steps/06-goodbye/goodbye.ts',
  line: /TODO 6\.4|TABLE_NAME/,
  docs: 'troubleshooting/goodbye',
  matches: ({ check, chat }) => check === 'deletes-the-row' && chat.functions.removeDisconnectedClient !== undefined && chat.functions.removeDisconnectedClient.environment.TABLE_NAME === undefined,
  break: edit('06-goodbye/goodbye.ts', `removeDisconnectedClient.addEnvironment('TABLE_NAME', table.tableName)`, ''),
})
