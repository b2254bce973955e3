import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'Disconnected (code: 1001, reason: "Going away")',
  says: [/code:? ?1001\b/, /Going away/],
  cause: 'Nobody said anything for 10 minutes, or the connection was 2 hours old: then API Gateway hangs up.',
  fix: 'Connect again. A client that should stay sends something every few minutes and reconnects.',
  docs: 'troubleshooting/client',
  break: lines('Disconnected (code: 1001, reason: "Going away")'),
})
