import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'Every message is answered with "The message has no data.", although it has.',
  says: [/"body":"The message has no data\."/],
  examples: [
    'seen   Invoked with the message {"action":"sendMessage","data":"…"}, the function answered {"statusCode":400,"body":"The message has no data."}',
  ],
  tell: 'The code parses `event.body`, and takes another member than `data`.',
  cause: 'The code takes another member than data out of the message.',
  fix: 'Take data: clients send {"action": "sendMessage", "data": "…"}.',
  at: 'steps/02-send-message/sendMessageToConnectedClient.ts',
  line: /JSON\.parse/,
  docs: 'troubleshooting/send-message',
  matches: ({ check, source }) => check === 'understands-messages' && /JSON\.parse/.test(source) && !/[{,]\s*data\b|\.data\b|\[['"]data['"]\]/.test(source),
  break: edit('02-send-message/sendMessageToConnectedClient.ts', 'const { data } = JSON.parse(body)', 'const { message: data } = JSON.parse(body)'),
})
