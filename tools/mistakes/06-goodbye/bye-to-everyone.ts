import { edit, edits, importing, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'When one leaves, all hear bye!',
  says: [/Another client heard "bye!", too.*/],
  examples: ['seen   Another client heard "bye!", too.'],
  cause: 'bye! is posted to every row of the table, and not to the one who leaves.',
  fix: 'Post it to event.requestContext.connectionId only.',
  at: 'steps/06-goodbye/sayGoodbye.ts',
  line: /PostToConnection|postToConnection/,
  docs: 'troubleshooting/goodbye',
  matches: ({ check }) => check === 'nobody-else-hears',
  break: edits(
    edit('06-goodbye/sayGoodbye.ts', 'import type { APIGateway', `${importing('DynamoDB', '@aws-sdk/client-dynamodb')}import type { APIGateway`,
      `  await api.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: 'bye!' }))`, `  const { Items = [] } = await new DynamoDB().scan({ TableName: process.env.TABLE_NAME })
  for (const item of Items) await api.send(new PostToConnectionCommand({ ConnectionId: item.connectionId!.S, Data: 'bye!' }))`),
    edit('06-goodbye/goodbye.ts', '  api.grantManageConnections(sayGoodbye)', `  sayGoodbye.addEnvironment('TABLE_NAME', table.tableName)\n  table.grant(sayGoodbye, 'dynamodb:Scan')\n  api.grantManageConnections(sayGoodbye)`),
  ),
})
