import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'Silence, or clients that are remembered twice.',
  says: [/The route sendMessage leads to (?!sendMessageToConnectedClient)\S+/],
  examples: ['seen   The route sendMessage leads to putConnectedClientToDDB, not to sendMessageToConnectedClient.'],
  cause: 'The route sendMessage does not lead to sendMessageToConnectedClient.',
  fix: 'Give the route a Lambda integration with sendMessageToConnectedClient.',
  at: 'steps/03-routing/routing.ts',
  line: /sendMessage/,
  docs: 'troubleshooting/forbidden',
  matches: ({ check, chat }) => check === 'send-route' && chat.routes!.some(({ key, functionName }) => key === 'sendMessage' && functionName !== chat.functions.sendMessageToConnectedClient?.name),
  break: edit('03-routing/routing.ts', `'SendMessageIntegration', sendMessageToConnectedClient`, `'SendMessageIntegration', chat.functions.putConnectedClientToDDB!`),
})
