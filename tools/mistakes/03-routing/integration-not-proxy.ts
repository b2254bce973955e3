import { mistake, observed } from '../mistake.ts'

export default mistake({
  symptom: 'TypeError: Cannot read properties of undefined (reading \'connectionId\'), in a handler that works in the test.',
  says: [/Cannot read properties of undefined \(reading '(requestContext|connectionId|domainName|stage)'\)/, /Cannot destructure property '(?:connectionId|domainName|stage)' of '\w+\.requestContext' as it is undefined/],
  examples: [`TypeError: Cannot read properties of undefined (reading 'connectionId')`, `TypeError: Cannot destructure property 'connectionId' of 'event.requestContext' as it is undefined.`],
  tell: 'The integration\'s type is AWS, and not AWS_PROXY: aws apigatewayv2 get-integrations shows it.',
  cause: 'The integration is not a proxy integration, so that the function gets the bare message, without requestContext.',
  fix: 'Turn on "Lambda proxy integration" for the route in the console, and deploy the API again.',
  docs: 'troubleshooting/forbidden',
  matches: ({ chat, check }) => ['clients-get-in', 'message-arrives', 'lets-clients-in', 'serves-the-routes', 'both-hear-it'].includes(check)
    && Boolean(chat.routes?.some(({ functionName, integration }) => functionName !== undefined && integration?.type === 'AWS')),
  break: observed({
    step: 3, check: 'message-arrives', log: 'TypeError: Cannot read properties of undefined (reading \'domainName\')',
    chat: { functions: {}, routes: [{ id: 'r1', key: 'sendMessage', functionName: 'sendMessageToConnectedClient', mayInvoke: true, integration: { id: 'i1', type: 'AWS' } }] },
  }),
})
