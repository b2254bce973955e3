import { edit, mistake, tells } from '../mistake.ts'

// Reported as aws-sdk-js-v3 #4456.
export default mistake({
  symptom: 'TypeError: command.resolveMiddleware is not a function',
  says: [/resolveMiddleware is not a function/],
  cause: 'What is sent is no command: send takes new PutItemCommand({ … }), and got something else.',
  fix: 'await dynamoDB.send(new PutItemCommand({ TableName: …, Item: … })).',
  at: 'steps/01-connect/putConnectedClientToDDB.ts',
  line: /\.send\(/,
  docs: 'troubleshooting/connect',
  matches: (evidence) => tells(evidence, /resolveMiddleware is not a function/),
  break: edit('01-connect/putConnectedClientToDDB.ts', 'new PutItemCommand({', '({'),
})
