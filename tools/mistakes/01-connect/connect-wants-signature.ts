import { mistake, spoil } from '../mistake.ts'

export default mistake({
  symptom: 'wscat: Unexpected server response: 403, with the right URL.',
  says: [/Unexpected (?:server response|response code): 401/, /response(?: code)?: 403/, /"AuthorizationType": "AWS_IAM"/],
  examples: ['$ npx wscat -c wss://1tv3vum7ac.execute-api.us-west-2.amazonaws.com/beta\nerror: Unexpected server response: 401', '        "AuthorizationType": "AWS_IAM",\n        "RouteKey": "$connect",'],
  tell: 'aws apigatewayv2 get-routes: the AuthorizationType of $connect is not NONE.',
  cause: 'The route $connect asks for a signed handshake (authorization AWS_IAM), and a plain client does not sign.',
  fix: 'Set the authorization of $connect to NONE and deploy again. Step 8 is the place for guards.',
  docs: 'troubleshooting/forbidden',
  matches: ({ handshake, chat }) => [401, 403].includes(handshake?.status ?? 0) && Boolean(chat.routes?.some(({ key, authorization }) => key === '$connect' && authorization === 'AWS_IAM')),
  break: spoil(async ({ apigatewayv2, chat }) => {
    const route = chat.routes!.find(({ key }) => key === '$connect')!
    await apigatewayv2.updateRoute({ ApiId: chat.api!.id, RouteId: route.id, AuthorizationType: 'AWS_IAM' })
  }),
})
