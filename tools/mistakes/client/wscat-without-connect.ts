import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'wscat prints its help, or: Use either --listen or --connect',
  says: [/Use either --listen or --connect/, /wscat +wss?:\/\//],
  cause: 'wscat got a URL and was not told what to do with it.',
  fix: 'Write -c before the URL: npx wscat -c wss://….',
  docs: 'troubleshooting/client',
  break: lines('$ npx wscat wss://1tv3vum7ac.execute-api.us-west-2.amazonaws.com/beta', 'Usage: wscat [options] (--listen <port> | --connect <url>)'),
})
