import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'Every message counts as one without data, although it has some.',
  says: [/"body":"The message has no data\."/],
  examples: [
    'seen   Invoked with the message {"action":"sendMessage","data":"…"}, the function answered {"statusCode":400,"body":"The message has no data."}',
  ],
  tell: 'The code reads `event.data`. Or it reads `event.body`, and another member of it.',
  cause: 'The code looks for data in the event. What the client sent is a text in event.body.',
  fix: 'const { data } = JSON.parse(event.body).',
  at: 'steps/02-send-message/sendMessageToConnectedClient.ts',
  line: /\.data\b/,
  docs: 'troubleshooting/send-message',
  matches: ({ check, source }) => check === 'understands-messages' && /\bevent\d*\.(data|message|requestContext\.data)\b|JSON\.parse\(event\d*\)/.test(source),
  break: edit('02-send-message/sendMessageToConnectedClient.ts', 'textIn(event.body)', '(event as any).data'),
})
