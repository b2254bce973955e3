import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'Everyone hears a message but the one who sent it.',
  says: [],
  cause: 'The code leaves out whoever sent the message. In this workshop the sender hears it too: that is the read receipt.',
  fix: 'Post to every id in the table.',
  at: 'steps/02-send-message/sendMessageToConnectedClient.ts',
  line: /!==?/,
  docs: 'troubleshooting/send-message',
  matches: ({ check, frames, source }) => check === 'reaches-everyone' && frames.length > 0
    && /!==?\s*(event\d*\.)?requestContext\.connectionId|requestContext\.connectionId\s*!==?|!==?\s*(connectionId|sender|senderId|self|me)\b/.test(source),
  break: edit('02-send-message/sendMessageToConnectedClient.ts', 'clients.map((connectionId) =>', 'clients.filter((id) => id !== event.requestContext.connectionId).map((connectionId) =>'),
})
