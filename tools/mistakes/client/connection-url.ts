import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'wscat: Unexpected server response: 403, and the URL ends in /@connections.',
  says: [/wscat\b.*\/@connections/, /new WebSocket\(.*\/@connections/],
  cause: 'The URL is the ConnectionURL, to which functions post. Clients take the other one.',
  fix: 'Take the WebSocketURL, which begins with wss:// and ends in the stage.',
  docs: 'troubleshooting/client',
  break: lines('$ npx wscat -c https://1tv3vum7ac.execute-api.us-west-2.amazonaws.com/beta/@connections', 'error: Unexpected server response: 403'),
})
