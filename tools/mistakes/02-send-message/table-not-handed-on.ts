import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'The second function has no TABLE_NAME and no rights, although send-message.ts gives them.',
  says: [/has no environment variable TABLE_NAME/],
  examples: ['seen   sendMessageToConnectedClient has no environment variable TABLE_NAME.'],
  tell: 'send-message.ts sets the variable, and connect.ts does not set chat.table.',
  cause: 'Step 1 makes the table and does not keep it as chat.table, so that step 2 finds none and adds nothing.',
  fix: 'Write chat.table = table in connect.ts, below new Table(…).',
  at: 'steps/01-connect/connect.ts',
  line: /new Table\(/,
  docs: 'troubleshooting/send-message',
  matches: ({ step, check, chat, files }) => step === 2 && check === 'table-name' && chat.table !== undefined && files !== undefined
    && chat.functions.sendMessageToConnectedClient?.environment.TABLE_NAME === undefined
    && /new Table/.test(files['steps/01-connect/connect.ts'] ?? '') && !/chat\.table\s*=/.test(files['steps/01-connect/connect.ts'] ?? ''),
  break: edit('01-connect/connect.ts', 'chat.table = table', ''),
})
