import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'Every message is answered with "The message has no data."',
  says: [/The message has no data/],
  cause: 'The function does not read the words out of the message yet.',
  fix: 'Parse the body as JSON and take its member data.',
  todo: '2.1',
  at: 'steps/02-send-message/sendMessageToConnectedClient.ts',
  line: /TODO 2\.1|function textIn/,
  docs: 'troubleshooting/send-message',
  matches: ({ step, check, source }) => step === 2 && check === 'understands-messages' && source !== '' && !/JSON\.parse/.test(source),
  break: edit('02-send-message/sendMessageToConnectedClient.ts', 'const { data } = JSON.parse(body)', 'const data = undefined'),
})
