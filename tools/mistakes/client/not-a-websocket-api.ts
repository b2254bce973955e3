import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'wscat: Unexpected server response: 404, or 200, or a redirect.',
  says: [/Unexpected (?:server response|response code): (?:200|30[1278]|404)\b/, /^\{"message": ?"Not Found"\}$/],
  examples: [
    'error: Unexpected server response: 404',
    'error: Unexpected server response: 200',
    '{"message":"Not Found"}',
  ],
  cause: 'What answers at this address is no WebSocket API: an HTTP API, a website, or a sign-in page on the way.',
  fix: 'aws apigatewayv2 get-apis: its ProtocolType must be WEBSOCKET. If it is HTTP, make another API; the protocol cannot be changed.',
  docs: 'troubleshooting/client',
  break: lines('error: Unexpected server response: 404'),
})
