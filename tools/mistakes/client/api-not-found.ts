import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'error: getaddrinfo ENOTFOUND 1tv3vum7ac.execute-api.us-west-2.amazonaws.com',
  says: [/ENOTFOUND \w+\.execute-api\.[\w-]+\.amazonaws\.com/],
  tell: 'aws apigatewayv2 get-apis in the region of the URL: is the first part of the URL an ApiId there?',
  cause: 'There is no such address: the id of the API or the region in the URL is wrong, or the API was deleted.',
  fix: 'Copy the URL that verify prints. An API of the local AWS has a second one: ws://localhost:4566/….',
  docs: 'troubleshooting/client',
  break: lines('$ npx wscat -c wss://1tv3vum7ac.execute-api.us-west-2.amazonaws.com/beta', 'error: getaddrinfo ENOTFOUND 1tv3vum7ac.execute-api.us-west-2.amazonaws.com'),
})
