import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'A message is answered with silence, and the log says that the table name is missing.',
  says: [/sendMessageToConnectedClient has no environment variable TABLE_NAME/],
  examples: ['seen   sendMessageToConnectedClient has no environment variable TABLE_NAME.'],
  cause: 'sendMessageToConnectedClient has no environment variable TABLE_NAME. Each function has its own.',
  fix: 'Set TABLE_NAME of this function too.',
  todo: '2.5',
  at: 'steps/02-send-message/send-message.ts',
  line: /TODO 2\.5|addEnvironment/,
  docs: 'troubleshooting/send-message',
  matches: ({ step, check, chat }) => step === 2 && check === 'table-name' && chat.table !== undefined && chat.functions.sendMessageToConnectedClient?.environment.TABLE_NAME === undefined,
  break: edit('02-send-message/send-message.ts', `sendMessageToConnectedClient.addEnvironment('TABLE_NAME', table.tableName)`, ''),
})
