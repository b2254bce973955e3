import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'Failed to execute \'send\' on \'WebSocket\': Still in CONNECTING state.',
  says: [/Failed to execute 'send' on 'WebSocket': Still in CONNECTING state/, /WebSocket is not open: readyState 0 \(CONNECTING\)/, /WebSocket is closed before the connection is established/],
  examples: [
    'Uncaught InvalidStateError: Failed to execute \'send\' on \'WebSocket\': Still in CONNECTING state.',
    'Error: WebSocket is not open: readyState 0 (CONNECTING)',
    'WebSocket connection to \'wss://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/beta\' failed: WebSocket is closed before the connection is established.',
  ],
  cause: 'The page sends, or closes, before the handshake is over: new WebSocket(…) only begins it.',
  fix: 'Wait for the event open: socket.addEventListener(\'open\', () => socket.send(…)).',
  docs: 'troubleshooting/client',
  break: lines('Uncaught InvalidStateError: Failed to execute \'send\' on \'WebSocket\': Still in CONNECTING state.'),
})
