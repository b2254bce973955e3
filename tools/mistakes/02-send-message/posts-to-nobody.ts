import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'Every message is answered with "Data sent.", and nobody hears it, although the table has rows.',
  says: [],
  cause: 'The function never posts to a connection.',
  fix: 'Send a PostToConnectionCommand to each client.',
  todo: '2.3 and 2.4',
  at: 'steps/02-send-message/sendMessageToConnectedClient.ts',
  line: /TODO 2\.[34]|function post/,
  docs: 'troubleshooting/send-message',
  matches: ({ step, check, source }) => step === 2 && check === 'reaches-everyone' && /Scan|Query|\.scan\(|\.query\(/.test(source) && !/PostToConnection|\.postToConnection\(|@connections/.test(source),
  break: edit('02-send-message/sendMessageToConnectedClient.ts', 'await api.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: text }))', 'void text'),
})
