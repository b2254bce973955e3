import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'ResourceNotFoundException: Requested resource not found, although the table exists.',
  says: [/TABLE_NAME of \w+ is "[^"]*", and the table is/],
  examples: ['seen   TABLE_NAME of putConnectedClientToDDB is "WebSocketConnections", and the table is WebsocketConnection.'],
  cause: 'TABLE_NAME names another table than the one there is. Names are case-sensitive.',
  fix: 'Set TABLE_NAME to the exact name of the table, best by table.tableName.',
  at: 'steps/01-connect/connect.ts',
  line: /TABLE_NAME/,
  docs: 'troubleshooting/connect',
  matches: ({ check, chat, step }) => check === 'table-name' && (step === 1 || chat.table !== undefined) && chat.functions[step === 1 ? 'putConnectedClientToDDB' : 'sendMessageToConnectedClient']?.environment.TABLE_NAME !== undefined,
  break: edit('01-connect/connect.ts', `addEnvironment('TABLE_NAME', table.tableName)`, `addEnvironment('TABLE_NAME', 'WebSocketConnections')`),
})
