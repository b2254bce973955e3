import path from 'node:path'
import { edit, edits, type Break, type Edit } from '../../mistakes/mistake.ts'
import type { Alteration } from './altered.ts'
import type { Names } from './by-console.ts'

/** Another right way to do what the solutions do. Verify must not mind. */
export type Alternative = Alteration & { id: string, what: string }

const connect = '01-connect/connect.ts'
const sendMessage = '02-send-message/send-message.ts'
const handler = '02-send-message/sendMessageToConnectedClient.ts'
const routing = '03-routing/routing.ts'
const deploy = '04-deploy/deploy.ts'
const frames = '05-chat/frames.ts'
const remove = '06-goodbye/removeDisconnectedClient.ts'
const plainText = '07-friendly/understandPlainText.ts'

const SETTLED = 'const posts = await Promise.allSettled(clients.map((connectionId) => post(api, connectionId, text)))'
const GONE = `error instanceof GoneException || (error instanceof Error && error.name === 'BadRequestException')`
const PUT_GRANT = `table.grant(putConnectedClientToDDB, 'dynamodb:PutItem')`
const TABLE_GRANT = `table.grant(sendMessageToConnectedClient, 'dynamodb:Scan', 'dynamodb:DeleteItem')`
const POST_GRANT = 'api.grantManageConnections(sendMessageToConnectedClient)'
const CONNECT_ROUTE = `chat.route('$connect', new WebSocketLambdaIntegration('ConnectIntegration', putConnectedClientToDDB))`
const SEND_ROUTE = `chat.route('sendMessage', new WebSocketLambdaIntegration('SendMessageIntegration', sendMessageToConnectedClient))`
const DISCONNECT_ROUTE = `chat.route('$disconnect', new WebSocketMockIntegration('DisconnectMock', { requestTemplates }))`
const DEFAULT_ROUTE = `chat.route('$default', new WebSocketMockIntegration('DefaultMock', { requestTemplates }))`

const CHAT_IMPORT = `import type { ChatStack } from '../chat.ts'`
const importing = (file: string, line: string) => edit(file, CHAT_IMPORT, `${line}\n${CHAT_IMPORT}`)

/** What a sender without words reads, where the function does tell it. */
const noDataReads = (text: string) => edit(frames, `reads: 'silence', // the function answers 400`, `reads: '${text}', // the function answers 400`,
  `withoutDefault: 'silence', // a route takes it`, `withoutDefault: '${text}', // a route takes it`)

/** Other code, in files of their own below `alternatives/`. */
const code = (id: string, what: string, ...changes: Break[]): Alternative =>
  ({ id, what, files: { from: path.join(import.meta.dirname, 'alternatives', id) }, edits: editsOf(changes) })

/** The solutions with some lines changed. */
const lines = (id: string, what: string, ...changes: Break[]): Alternative => ({ id, what, edits: editsOf(changes) })

const editsOf = (changes: Break[]): Edit[] => {
  const all = edits(...changes)
  return all.kind === 'edit' ? all.edits : []
}

export const alternatives: Alternative[] = [
  // Ways to write the handlers
  code('document-client', 'the document client, posting page by page, forgetting whoever cannot be reached'),
  code('common-js', 'require and exports'),
  code('class-handler', 'a class, whose method is the handler, answering with JSON'),
  code('aggregated-clients', 'clients with a method per operation, UpdateItem, BatchWriteItem, and words in an envelope',
    edit(connect, PUT_GRANT, `table.grant(putConnectedClientToDDB, 'dynamodb:UpdateItem')`),
    edit(sendMessage, `'dynamodb:DeleteItem'`, `'dynamodb:BatchWriteItem'`)),
  lines('export-assignment', 'export = { handler }', edit('01-connect/putConnectedClientToDDB.ts',
    'export async function handler', 'async function handler',
    `  return { statusCode: 200, body: 'Connected.' } // where the put throws, the client is refused, and the log says why\n}`,
    `  return { statusCode: 200, body: 'Connected.' }\n}\nexport = { handler }`)),
  lines('one-after-the-other', 'each post waits for the one before', edit(handler, SETTLED,
    `const posts: PromiseSettledResult<void>[] = []
  for (const connectionId of clients) posts.push(...await Promise.allSettled([post(api, connectionId, text)]))`)),
  lines('in-batches', 'a few posts at a time', edit(handler, SETTLED,
    `const posts: PromiseSettledResult<void>[] = []
  for (let i = 0; i < clients.length; i += 2)
    posts.push(...await Promise.allSettled(clients.slice(i, i + 2).map((connectionId) => post(api, connectionId, text))))`)),
  lines('scan-loop', 'a loop over LastEvaluatedKey', edit(handler,
    'DynamoDBClient, paginateScan', 'DynamoDBClient, ScanCommand',
    `const pages = paginateScan({ client: dynamoDB }, { TableName: process.env.TABLE_NAME, ProjectionExpression: 'connectionId' })`, 'let key: Record<string, any> | undefined',
    'for await (const { Items = [] } of pages) ids.push(...Items.flatMap(({ connectionId }) => connectionId?.S ?? []))',
    `do {
    const page: any = await dynamoDB.send(new ScanCommand({ TableName: process.env.TABLE_NAME, ExclusiveStartKey: key }))
    for (const item of page.Items) ids.push(item.connectionId.S)
    key = page.LastEvaluatedKey
  } while (key)`)),
  lines('gone-by-name', `error.name === 'GoneException'`,
    edit(handler, GONE, `['GoneException', 'BadRequestException'].includes((error as Error).name)`, 'ApiGatewayManagementApiClient, GoneException,', 'ApiGatewayManagementApiClient,')),
  lines('gone-by-status', '$metadata.httpStatusCode === 410',
    edit(handler, GONE, '[400, 410].includes((error as any).$metadata?.httpStatusCode)', 'ApiGatewayManagementApiClient, GoneException,', 'ApiGatewayManagementApiClient,')),
  lines('nobody-fails', 'whoever cannot be reached is logged, and the answer is 200 all the same',
    edit(handler, 'if (!isNobody) throw error', 'if (!isNobody) return console.error(error)')),
  lines('new-rows-only', 'a put that refuses to replace a row', edit('01-connect/putConnectedClientToDDB.ts',
    '    TableName: process.env.TABLE_NAME,', `    TableName: process.env.TABLE_NAME,\n    ConditionExpression: 'attribute_not_exists(connectionId)',`)),
  lines('tells-the-sender', 'whoever says nothing is told so, and nobody else', edit(handler,
    `return { statusCode: 400, body: 'The message has no data.' }`,
    `const { connectionId, domainName, stage } = event.requestContext
    const sender = new ApiGatewayManagementApiClient({ endpoint: \`https://\${domainName}/\${stage}\` })
    await sender.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: 'Say something!' }))
    return { statusCode: 200 }`), noDataReads('Say something!')),
  lines('plain-text-too', 'what is not JSON is taken for the words themselves', edit(handler,
    'return undefined // not JSON: somebody\'s slip, no reason to crash', 'return body',
    `return { statusCode: 400, body: 'The message has no data.' }`, `return { statusCode: 200, body: '' }`)),

  lines('goodbye-in-other-words', 'another goodbye, by the client with a method per operation, and a row that is gone either way',
    edit(remove, 'new DeleteItemCommand({', 'new UpdateItemCommand({', '// deleting what is not there is no error, so twice does no harm', `UpdateExpression: 'SET leftAt = :now',
    ExpressionAttributeValues: { ':now': { S: new Date().toISOString() } },`, '  return { statusCode: 200 }', `  await dynamoDB.send(new DeleteItemCommand({ TableName: process.env.TABLE_NAME, Key: { connectionId: { S: event.requestContext.connectionId } } }))
  return { statusCode: 200 }`, 'import { DeleteItemCommand, DynamoDBClient }', 'import { DeleteItemCommand, DynamoDBClient, UpdateItemCommand }'),
    edit('06-goodbye/goodbye.ts', `table.grant(removeDisconnectedClient, 'dynamodb:DeleteItem')`, 'table.grantWriteData(removeDisconnectedClient)'),
    edit('06-goodbye/sayGoodbye.ts', 'ApiGatewayManagementApiClient, DeleteConnectionCommand, PostToConnectionCommand', 'ApiGatewayManagementApi', 'new ApiGatewayManagementApiClient', 'new ApiGatewayManagementApi',
      `api.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: 'bye!' }))`, `api.postToConnection({ ConnectionId: connectionId, Data: '{"text":"Good-bye, and thanks for all the fish"}' })`,
      'api.send(new DeleteConnectionCommand({ ConnectionId: connectionId }))', 'api.deleteConnection({ ConnectionId: connectionId })')),

  lines('friendly-in-other-ways', 'names in another attribute, long texts cut short, /who as JSON',
    edit(plainText, "'SET nickname = :name', // the attribute is not called `name`: that word DynamoDB keeps for itself", `'SET #name = :name',\n    ExpressionAttributeNames: { '#name': 'name' },`,
      `ProjectionExpression: 'connectionId, nickname',`, `ProjectionExpression: 'connectionId, #name', ExpressionAttributeNames: { '#name': 'name' },`,
      'for (const { connectionId, nickname } of Items)', 'for (const { connectionId, name: nickname } of Items)',
      '[`${me.name} (you)`, ...others.map(({ name }) => name)].slice(0, 100).join(\', \')', 'JSON.stringify(people)'),
    edit('07-friendly/words.ts', 'return refused(`That has ${lengthOf(text)} characters, and ${MOST_CHARACTERS} are passed on at most.`)', `return { kind: 'say', words: [...text].slice(0, MOST_CHARACTERS).join('') }`),
    edit('07-friendly/friendly.ts', `table.grant(understandPlainText, 'dynamodb:Scan', 'dynamodb:UpdateItem')`, 'table.grantReadWriteData(understandPlainText)')),

  // Ways to build the stack
  lines('table-v2', 'TableV2, which becomes a global table', edit(connect,
    'import { AttributeType, BillingMode, Table }', 'import { AttributeType, Billing, TableV2 }',
    'new Table(', 'new TableV2(', 'billingMode: BillingMode.PAY_PER_REQUEST', 'billing: Billing.onDemand()')),
  lines('attributes-and-ttl', 'more in the row than the id, and rows that end by themselves',
    edit(connect, 'billingMode:', `timeToLiveAttribute: 'expiresAt',\n    billingMode:`),
    edit('01-connect/putConnectedClientToDDB.ts', 'Item: { connectionId: { S: event.requestContext.connectionId } },', `Item: {
      connectionId: { S: event.requestContext.connectionId },
      connectedAt: { S: new Date().toISOString() },
      expiresAt: { N: String(Math.ceil(Date.now() / 1000) + 7200) },
      tags: { SS: ['guest'] },
    },`)),
  lines('provisioned-table', 'read and write units, a key that is shared, grants by the table\'s own methods',
    edit(connect, 'BillingMode.PAY_PER_REQUEST', 'BillingMode.PROVISIONED', PUT_GRANT, 'table.grantWriteData(putConnectedClientToDDB)'),
    edit(sendMessage, TABLE_GRANT, 'table.grantReadWriteData(sendMessageToConnectedClient)')),
  lines('l1-constructs', 'routes, integrations, permissions, deployment and stage as CloudFormation spells them',
    importing(connect, `import { CfnIntegration, CfnRoute } from 'aws-cdk-lib/aws-apigatewayv2'\nimport { CfnPermission } from 'aws-cdk-lib/aws-lambda'`),
    edit(connect, CONNECT_ROUTE, `const uri = \`arn:aws:apigateway:\${chat.region}:lambda:path/2015-03-31/functions/\${putConnectedClientToDDB.functionArn}/invocations\`
  const integration = new CfnIntegration(chat, 'OnConnect', { apiId: chat.api.apiId, integrationType: 'AWS_PROXY', integrationUri: uri })
  new CfnRoute(chat, 'Connect', { apiId: chat.api.apiId, routeKey: '$connect', authorizationType: 'NONE', target: \`integrations/\${integration.ref}\` })
  new CfnPermission(chat, 'MayConnect', { functionName: putConnectedClientToDDB.functionName, action: 'lambda:InvokeFunction', principal: 'apigateway.amazonaws.com' })`),
    importing(routing, `import { CfnIntegration, CfnRoute } from 'aws-cdk-lib/aws-apigatewayv2'\nimport { CfnPermission } from 'aws-cdk-lib/aws-lambda'`),
    edit(routing, SEND_ROUTE, `const uri = \`arn:aws:apigateway:\${chat.region}:lambda:path/2015-03-31/functions/\${sendMessageToConnectedClient.functionArn}/invocations\`
  const integration = new CfnIntegration(chat, 'OnMessage', { apiId: chat.api.apiId, integrationType: 'AWS_PROXY', integrationUri: uri })
  new CfnRoute(chat, 'Send', { apiId: chat.api.apiId, routeKey: 'sendMessage', target: \`integrations/\${integration.ref}\` })
  new CfnPermission(chat, 'MaySend', { functionName: sendMessageToConnectedClient.functionName, action: 'lambda:InvokeFunction', principal: 'apigateway.amazonaws.com' })`),
    edit(deploy, `import { WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2'`, `import { CfnDeployment, CfnRoute, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2'`,
      'new WebSocketStage(chat,', 'new CfnStage(chat,', 'webSocketApi: chat.api', 'apiId: chat.api.apiId', 'autoDeploy: true,', 'deploymentId: deployment.ref,',
      'const stage =', `const deployment = new CfnDeployment(chat, 'Deployment', { apiId: chat.api.apiId })
  for (const route of chat.node.findAll()) if (route instanceof CfnRoute) deployment.node.addDependency(route)
  const stage =`,
      'chat.stage = stage', 'const url = `${chat.api.apiEndpoint}/${stage.ref}`', '{ value: stage.url }', '{ value: url }',
      '`${stage.callbackUrl}/@connections`', '`https://${chat.api.apiId}.execute-api.${chat.region}.amazonaws.com/${stage.ref}/@connections`')),
  lines('managed-policies', 'the policies that the seed attaches',
    importing(connect, `import { ManagedPolicy } from 'aws-cdk-lib/aws-iam'`),
    edit(connect, PUT_GRANT, `putConnectedClientToDDB.role!.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName('AmazonDynamoDBFullAccess'))`),
    importing(sendMessage, `import { ManagedPolicy } from 'aws-cdk-lib/aws-iam'`),
    edit(sendMessage, TABLE_GRANT, `sendMessageToConnectedClient.role!.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName('AmazonDynamoDBFullAccess'))`,
      POST_GRANT, `sendMessageToConnectedClient.role!.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName('AmazonAPIGatewayInvokeFullAccess'))`)),
  lines('broad-policies', 'policies of one\'s own with wildcards',
    importing(connect, `import { PolicyStatement } from 'aws-cdk-lib/aws-iam'`),
    edit(connect, PUT_GRANT, `putConnectedClientToDDB.addToRolePolicy(new PolicyStatement({ actions: ['dynamodb:*Item'], resources: ['arn:aws:dynamodb:*:*:table/*'] }))`),
    importing(sendMessage, `import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam'`),
    edit(sendMessage, TABLE_GRANT, `new ManagedPolicy(chat, 'Broad', {
    roles: [sendMessageToConnectedClient.role!],
    statements: [new PolicyStatement({ actions: ['dynamodb:*', 'execute-api:*'], resources: ['*'] })],
  })`, POST_GRANT, '')),
  lines('grant-for-beta', 'a grant for the stage beta only',
    importing(sendMessage, `import { PolicyStatement } from 'aws-cdk-lib/aws-iam'`),
    edit(sendMessage, POST_GRANT, `sendMessageToConnectedClient.addToRolePolicy(new PolicyStatement({
    actions: ['execute-api:ManageConnections'],
    resources: [chat.formatArn({ service: 'execute-api', resource: api.apiId, resourceName: 'beta/POST/@connections/*' })],
  }))`)),
  lines('more-routes', 'routes that nobody asked for', edit(routing, DEFAULT_ROUTE, `${DEFAULT_ROUTE}
  chat.route('ping', new WebSocketMockIntegration('PingMock', { requestTemplates }))
  chat.route('shout', new WebSocketLambdaIntegration('ShoutIntegration', sendMessageToConnectedClient))`)),
  code('disconnect-function', 'functions behind $disconnect and $default',
    edit(routing, CHAT_IMPORT, `${CHAT_IMPORT}\nimport { lambda } from '../lambda.ts'`,
      DISCONNECT_ROUTE, `const remove = lambda(chat, 'forget', '03-routing/forget.ts')
  remove.addEnvironment('TABLE_NAME', chat.table!.tableName)
  chat.table!.grantWriteData(remove)
  chat.route('$disconnect', new WebSocketLambdaIntegration('DisconnectIntegration', remove))`,
      DEFAULT_ROUTE, `chat.route('$default', new WebSocketLambdaIntegration('DefaultIntegration', sendMessageToConnectedClient))`)),
  lines('no-templates', 'mocks without a request template, which swallow or refuse in silence',
    edit(routing, DISCONNECT_ROUTE, `chat.route('$disconnect', new WebSocketMockIntegration('DisconnectMock'))`,
      DEFAULT_ROUTE, `chat.route('$default', new WebSocketMockIntegration('DefaultMock'))`)),
  lines('add-route', 'the methods of the API itself', edit(connect, CONNECT_ROUTE, `chat.api.addRoute('$connect', { integration: new WebSocketLambdaIntegration('ConnectIntegration', putConnectedClientToDDB) })`),
    edit(routing, SEND_ROUTE, `chat.api.addRoute('sendMessage', { integration: new WebSocketLambdaIntegration('SendMessageIntegration', sendMessageToConnectedClient) })`)),
  lines('two-way-route', 'a route whose answers the sender hears',
    edit(routing, SEND_ROUTE, `chat.api.addRoute('sendMessage', { integration: new WebSocketLambdaIntegration('SendMessageIntegration', sendMessageToConnectedClient), returnResponse: true })`), noDataReads('The message has no data.')),
  lines('throttled-stage', 'limits for the stage', edit(deploy, 'autoDeploy: true,', 'autoDeploy: true,\n    throttle: { rateLimit: 100, burstLimit: 50 },')),
  lines('node-24', 'the newest runtime', edit('lambda.ts', 'Runtime.NODEJS_22_X', 'Runtime.NODEJS_24_X')),
  lines('arm-and-minutes', 'another processor, more memory, a longer time', edit('lambda.ts', 'memorySize: 256,', `memorySize: 1024,\n      architecture: Architecture.ARM_64,`,
    'Duration.seconds(5)', 'Duration.minutes(1)', 'Function as LambdaFunction', 'Architecture, Function as LambdaFunction')),
  lines('other-names', 'names of one\'s own, and the function as the seed\'s heading spells it',
    edit('chat.ts', `'My Chat API'`, `'Lunch talk'`),
    edit(connect, `chat.named('WebsocketConnection')`, `chat.named('who-is-here')`, `lambda(chat, 'putConnectedClientToDDB'`, `lambda(chat, 'remember'`),
    edit(sendMessage, `lambda(chat, 'sendMessageToConnectedClient'`, `lambda(chat, 'SendMessageToConnectedClient'`),
    edit(deploy, `stageName: 'beta'`, `stageName: 'prod'`)),
]

/** Names under which the whole chat is made by hand, click by click, without a stack. */
export const inTheConsole: Record<string, Names> = {
  'the names of the seed, the function as its heading spells it': {
    api: 'My Chat API', connect: 'putConnectedClientToDDB', sendMessage: 'SendMessageToConnectedClient', disconnect: 'removeDisconnectedClient', leave: 'sayGoodbye', plainText: 'understandPlainText', table: 'WebsocketConnection', stage: 'beta',
  },
  'names of their own': { api: 'Lunch talk', connect: 'remember', sendMessage: 'shout', disconnect: 'forget', leave: 'wave', plainText: 'listen', table: 'people.here', stage: 'v1' },
}
