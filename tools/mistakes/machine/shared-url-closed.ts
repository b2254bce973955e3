import { machine, mistakeOutside } from '../mistake.ts'
import { UNTRUSTED } from '../network.ts'

export default mistakeOutside({
  symptom: 'The shared instance of the session lets nobody in.',
  says: [],
  cause: 'Its URL does not answer a handshake: mistyped, from an earlier session, or the facilitator has not opened it yet.',
  fix: 'Ask the facilitator for today\'s URL (wss://…/beta) and set it: export WORKSHOP_SHARED_URL=wss://…',
  docs: 'troubleshooting/machine',
  machine: {
    subject: 'sharedUrl', severity: 'warn',
    seen: ({ sharedUrl }) => sharedUrl && sharedUrl.status !== sharedUrl.expected && !UNTRUSTED.test(sharedUrl.error ?? '')
      ? `the handshake with ${sharedUrl.url} got ${sharedUrl.status ?? sharedUrl.error}` : undefined,
  },
  break: machine({ sharedUrl: { url: 'wss://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/beta', status: 403, expected: 101 } }),
})
