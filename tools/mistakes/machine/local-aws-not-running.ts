import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'wscat: connect ECONNREFUSED 127.0.0.1:4566',
  says: [/Could not connect to the endpoint URL: "http:\/\/(?:localhost|127\.0\.0\.1):\d+.*/, /WebSocket connection to 'ws:\/\/(?:localhost|127\.0\.0\.1):\d+[^']*' failed.*ERR_CONNECTION_REFUSED/, /ECONNREFUSED (127\.0\.0\.1|::1):\d+/, /The local AWS is not running/],
  cause: 'Nothing listens at that port of this machine: the local AWS is not running, or has another port today.',
  fix: 'Start it in another terminal (npm start), and take the URL that it prints.',
  docs: 'troubleshooting/machine',
  break: lines('error: connect ECONNREFUSED 127.0.0.1:4566'),
})
