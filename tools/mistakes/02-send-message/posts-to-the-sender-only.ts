import { edit, mistake } from '../mistake.ts'

const hearers = (frames: { client: number, text: string }[]) => [...new Set(frames.filter(({ text }) => text.includes('verify: hello')).map(({ client }) => client))]

export default mistake({
  symptom: 'Whoever sends a message hears it, and nobody else does.',
  says: [],
  cause: 'The function posts to the connection that sent the message, not to every row of the table.',
  fix: 'Post to each id in the table.',
  at: 'steps/02-send-message/sendMessageToConnectedClient.ts',
  line: /requestContext\.connectionId/,
  docs: 'troubleshooting/send-message',
  matches: ({ step, check, frames, source }) => step === 2 && check === 'reaches-everyone' && hearers(frames).length === 1
    && /requestContext\b[^;]{0,60}\bconnectionId|\bconnectionId\b[^;]{0,60}\brequestContext/.test(source),
  break: edit('02-send-message/sendMessageToConnectedClient.ts', 'clients.map((connectionId)', '[event.requestContext.connectionId].map((connectionId)'),
})
