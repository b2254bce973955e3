import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'WebSocket connection to \'wss://…\' failed, in the console of a browser.',
  says: [/WebSocket connection to '[^']+' failed: ?$/, /Firefox can.t establish a connection to the server at wss?:/],
  examples: [
    'WebSocket connection to \'wss://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/beta\' failed: ',
    'Firefox can’t establish a connection to the server at wss://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/beta.',
  ],
  cause: 'The handshake was refused, or nobody answered. A browser does not tell a page which, nor the status of the answer.',
  fix: 'Try the same URL with npx wscat -c URL: it prints the status or the network\'s error, and that line has a cause.',
  docs: 'troubleshooting/client',
  break: lines('WebSocket connection to \'wss://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/beta\' failed: '),
})
