import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: '{"message":"Forbidden"} without any ids, in a browser or from curl.',
  says: [/^\{"message": ?"Forbidden"\}$/, /Upgrade Required/, /ERR_UNKNOWN_URL_SCHEME|DISALLOWED_URL_SCHEME/],
  tell: 'A frame of a WebSocket has connectionId and requestId; an answer to HTTP has neither.',
  cause: 'The URL was opened by HTTP, as a page. A WebSocket API only takes the handshake of a WebSocket.',
  fix: 'npx wscat -c wss://…, or new WebSocket(\'wss://…\') in the console of the browser.',
  docs: 'troubleshooting/client',
  break: lines('$ curl https://1tv3vum7ac.execute-api.us-west-2.amazonaws.com/beta', '{"message":"Forbidden"}'),
})
