import type { WebSocketFacts } from '../machine-facts.ts'
import { machine, mistakeOutside } from '../mistake.ts'
import { UNTRUSTED } from '../network.ts'

/** The gateway itself answers 403 for a stage that is not there; a status of someone in between is another one. */
const isBlocked = (facts: WebSocketFacts | undefined) => facts !== undefined && facts.status !== facts.expected && !UNTRUSTED.test(facts.error ?? '')

export default mistakeOutside({
  symptom: 'HTTPS works, and every WebSocket handshake fails or hangs.',
  says: [/Unexpected (?:server response|response code): (400|405|407|426|501|503|504)\b/],
  examples: ['error: Unexpected server response: 407'],
  cause: 'Something between here and AWS lets HTTPS through and not the upgrade to a WebSocket.',
  fix: 'Turn the VPN or the web filter off, use another network (a phone\'s, to tell), or npm run use local',
  docs: 'troubleshooting/machine',
  machine: {
    subject: 'webSocket', severity: 'fail',
    seen: ({ webSocket }) => isBlocked(webSocket) ? `the handshake with ${webSocket!.url} got ${webSocket!.status ?? webSocket!.error}, ${webSocket!.expected} was expected` : undefined,
  },
  break: machine({ webSocket: { url: 'wss://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/doctor', status: 407, expected: 403 } }),
})
