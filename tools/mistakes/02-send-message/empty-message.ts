import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'An empty message arrives when somebody sends one without data.',
  says: [/A message without data was passed on to everyone.*/],
  examples: ['seen   A message without data was passed on to everyone, as "".'],
  cause: 'A message without data is passed on as if it had some.',
  fix: 'Answer 400 where there is nothing to say.',
  at: 'steps/02-send-message/sendMessageToConnectedClient.ts',
  line: /\.data\b|\bdata\b/,
  docs: 'troubleshooting/send-message',
  matches: ({ check, answer, frames }) => check === 'takes-anything' && answer?.errorMessage === undefined && frames.some(({ text }) => text === '' || text === 'undefined'),
  break: edit('02-send-message/sendMessageToConnectedClient.ts', 'if (!text) {', 'if (text === null) {',
    'const clients = await connectedClients()', `const clients = await connectedClients()\n  const said = text ?? ''`,
    'post(api, connectionId, text)))', 'post(api, connectionId, said)))'),
})
