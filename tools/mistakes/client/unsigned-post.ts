import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: '{"message":"Missing Authentication Token"}',
  says: [/Missing Authentication Token/, /curl\b.*@connections/, /User: anonymous is not authorized to perform: execute-api:\w+.*/],
  cause: 'A call of @connections without a signature: it is an API of AWS, and needs credentials like every other.',
  fix: 'aws apigatewaymanagementapi post-to-connection --endpoint-url https://… --connection-id … --data …, which signs.',
  docs: 'troubleshooting/client',
  break: lines('$ curl -X POST https://1tv3vum7ac.execute-api.us-west-2.amazonaws.com/beta/@connections/eHrdFcnvvHcCE-w= -d hi', '{"message":"Missing Authentication Token"}'),
})
