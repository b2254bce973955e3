import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'Disconnected (code: 1006, reason: "")',
  says: [/code:? ?1006\b/, /socket hang up/, /read ECONNRESET/],
  cause: 'The connection broke without a goodbye: the network changed, the machine slept, or the server ended.',
  fix: 'Connect again. On the local AWS look whether npm start still runs.',
  docs: 'troubleshooting/client',
  break: lines('Disconnected (code: 1006, reason: "")'),
})
