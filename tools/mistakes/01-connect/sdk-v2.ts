import { edit, mistake, tells } from '../mistake.ts'

export default mistake({
  symptom: 'Runtime.ImportModuleError: Error: Cannot find module \'aws-sdk\'',
  says: [/Cannot find (module|package) 'aws-sdk'/],
  cause: 'The code imports aws-sdk, version 2, which no Lambda runtime has had since Node 18.',
  fix: 'Import DynamoDBClient and its commands: they are in @aws-sdk/client-dynamodb.',
  at: 'steps/01-connect/putConnectedClientToDDB.ts',
  line: /['"]aws-sdk['"]/,
  docs: 'troubleshooting/connect',
  matches: (evidence) => tells(evidence, /Cannot find (module|package) 'aws-sdk'/),
  break: edit('01-connect/putConnectedClientToDDB.ts',
    '{ DynamoDBClient, PutItemCommand }', '{ DynamoDB }',
    '@aws-sdk/client-dynamodb', 'aws-sdk',
    'new DynamoDBClient()', 'new DynamoDB()',
    'await dynamoDB.send(new PutItemCommand({', 'await dynamoDB.putItem(({',
    '  }))\n', '  })).promise()\n'),
})
