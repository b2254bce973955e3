import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'Disconnected (code: 1003, reason: "Binary is not supported")',
  says: [/code:? ?1003\b/, /Binary is not supported/],
  cause: 'The client sent a binary frame, and WebSocket APIs take text only.',
  fix: 'Send a string: socket.send(JSON.stringify(…)), no Buffer and no Blob. Base64 carries bytes.',
  docs: 'troubleshooting/client',
  break: lines('Disconnected (code: 1003, reason: "Binary is not supported")'),
})
