import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'A page may not open the WebSocket: mixed content, or its Content Security Policy.',
  says: [/Mixed Content: .*insecure WebSocket endpoint/, /An insecure WebSocket connection may not be initiated from a page loaded over HTTPS/, /Refused to connect to 'wss?:[^']*' because it violates .*Content Security Policy/],
  examples: [
    'Mixed Content: The page at \'https://example.com/\' was loaded over HTTPS, but attempted to connect to the insecure WebSocket endpoint \'ws://localhost:4566/a1b2c3/beta\'.',
    'Refused to connect to \'wss://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/beta\' because it violates the following Content Security Policy directive: "connect-src \'self\'".',
  ],
  cause: 'The page is the one that says no: a page from https: may not use ws:, and a policy may allow no other hosts.',
  fix: 'Use wss:// from a page of https:. For ws://localhost open a page of http:, or the console on an empty tab (about:blank).',
  docs: 'troubleshooting/client',
  break: lines('Mixed Content: The page at \'https://example.com/\' was loaded over HTTPS, but attempted to connect to the insecure WebSocket endpoint \'ws://localhost:4566/a1b2c3/beta\'.'),
})
