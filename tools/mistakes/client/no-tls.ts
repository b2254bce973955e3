import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'wscat hangs on a ws:// URL, and ends with ETIMEDOUT.',
  says: [/\bws:\/\/[\w.-]+\.amazonaws\.com/, /(ETIMEDOUT|ECONNREFUSED) [\d.:a-f]+:80\b/],
  cause: 'The URL begins with ws://, and API Gateway speaks TLS only.',
  fix: 'Begin the URL with wss://. Only the local AWS takes ws://.',
  docs: 'troubleshooting/client',
  break: lines('$ npx wscat -c ws://1tv3vum7ac.execute-api.us-west-2.amazonaws.com/beta', 'error: connect ETIMEDOUT 203.0.113.10:80'),
})
