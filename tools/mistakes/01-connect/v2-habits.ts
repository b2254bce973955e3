import { edit, mistake, tells } from '../mistake.ts'

/** Methods of the SDK's version 2, and of the clients of version 3 that have a method per operation. */
const HABITS = /\.promise is not a function|\.(putItem|put|scan|query|delete|deleteItem|postToConnection) is not a function/

export default mistake({
  symptom: 'TypeError: dynamoDB.putItem is not a function, or: ….promise is not a function',
  says: [HABITS],
  examples: ['TypeError: dynamoDB.send(...).promise is not a function', 'TypeError: ddb.scan is not a function'],
  cause: 'The code mixes version 2 of the SDK with version 3, whose clients have one method, send, which answers a promise.',
  fix: 'await dynamoDB.send(new PutItemCommand({ … })), without .promise().',
  at: 'steps/01-connect/putConnectedClientToDDB.ts',
  line: /\.promise\(|\.(putItem|put|scan|query|delete|deleteItem|postToConnection)\(/,
  docs: 'troubleshooting/connect',
  matches: (evidence) => tells(evidence, HABITS),
  break: edit('01-connect/putConnectedClientToDDB.ts', '  }))\n', '  })).promise()\n'),
})
