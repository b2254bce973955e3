import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'wscat: Unexpected server response: 403, and the URL ends after amazonaws.com.',
  says: [/wss:\/\/[\w.-]+\.amazonaws\.com\/?(["'\s]|$)/, /wss?:\/\/(localhost|127\.0\.0\.1):\d+(\/[a-z0-9]{10})?\/?(["'\s]|$)/],
  cause: 'The URL lacks the stage, which is its whole path.',
  fix: 'Append /beta, or whatever your stage is called: verify and npm run deploy print the whole URL.',
  docs: 'troubleshooting/client',
  break: lines('$ npx wscat -c wss://1tv3vum7ac.execute-api.us-west-2.amazonaws.com', 'error: Unexpected server response: 403'),
})
