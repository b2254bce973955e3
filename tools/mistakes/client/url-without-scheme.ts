import { lines, mistakeOutside } from '../mistake.ts'

// wscat puts ws:// in front, and nobody listens there without TLS (A1.3).
export default mistakeOutside({
  symptom: 'wscat hangs and prints nothing, for minutes.',
  says: [/Failed to construct 'WebSocket': The URL '(?!wss?:)[^']*' is invalid/, /Invalid URL: (?!wss?:)[\w-]+(?:\.[\w-]+)+/, /wscat\b.*?(-c|--connect)[ =]+["']?(?!wss?:|https?:|localhost|127\.)[\w-]+(\.[\w-]+)+/i],
  cause: 'The URL has no scheme. wscat then tries ws:// on port 80, where API Gateway does not answer.',
  fix: 'Begin the URL with wss://.',
  docs: 'troubleshooting/client',
  break: lines('$ npx wscat -c 1tv3vum7ac.execute-api.us-west-2.amazonaws.com/beta', 'error: connect ETIMEDOUT 203.0.113.10:80'),
})
