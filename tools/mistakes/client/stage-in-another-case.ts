import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'wscat: Unexpected server response: 403, and the stage in the URL begins with a capital.',
  says: [/(?:server response|response code): 403/, /wss:\/\/[\w.-]+\.amazonaws\.com\/[a-z-]*[A-Z]\w*/, /wss?:\/\/(localhost|127\.0\.0\.1):\d+\/\w+\/[a-z-]*[A-Z]\w*/],
  tell: 'The stage in the URL and in get-stages differ in a capital: /Beta and beta.',
  cause: 'The stage in the URL is spelt with other capitals than the stage: names of stages are case-sensitive.',
  fix: 'Copy the URL that verify or npm run deploy prints.',
  docs: 'troubleshooting/client',
  break: lines('$ npx wscat -c wss://1tv3vum7ac.execute-api.us-west-2.amazonaws.com/Beta', 'error: Unexpected server response: 403'),
})
