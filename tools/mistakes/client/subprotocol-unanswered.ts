import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'Server sent no subprotocol',
  says: [/Server sent (no|an invalid) subprotocol/, /Sent non-empty 'Sec-WebSocket-Protocol' header but no response was received/],
  cause: 'The client asks for a subprotocol, and the answer of $connect names none.',
  fix: 'Leave the second argument of new WebSocket (or -s of wscat) out, or return the header Sec-WebSocket-Protocol from $connect.',
  docs: 'troubleshooting/client',
  break: lines('error: Server sent no subprotocol'),
})
