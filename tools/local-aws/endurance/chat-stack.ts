import type { Clients } from './inventory.ts'

export const STACK = 'Chat'

const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] }
const ref = (id: string) => ({ Ref: id })
const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] })
const resource = (Type: string, Properties: object) => ({ Type, Properties })

const role = () => resource('AWS::IAM::Role', {
  AssumeRolePolicyDocument: trust, ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
})
const policy = (roleId: string, ...statements: object[]) => resource('AWS::IAM::Policy', {
  PolicyName: 'rows', Roles: [ref(roleId)], PolicyDocument: { Version: '2012-10-17', Statement: statements },
})
const allow = (Action: string[], Resource: unknown) => ({ Effect: 'Allow', Action, Resource })
const lambda = (FunctionName: string, roleId: string, ZipFile: string) => resource('AWS::Lambda::Function', {
  FunctionName, Runtime: 'nodejs22.x', Handler: 'index.handler', Role: arn(roleId), Timeout: 10, Code: { ZipFile }, Environment: { Variables: { TABLE_NAME: ref('Table') } },
})
const permission = (functionId: string) => resource('AWS::Lambda::Permission', {
  Action: 'lambda:InvokeFunction', FunctionName: arn(functionId), Principal: 'apigateway.amazonaws.com',
  SourceArn: { 'Fn::Sub': 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*' },
})
const integration = (functionId: string) => resource('AWS::ApiGatewayV2::Integration', {
  ApiId: ref('Api'), IntegrationType: 'AWS_PROXY',
  IntegrationUri: { 'Fn::Sub': `arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${functionId}.Arn}/invocations` },
})
const route = (RouteKey: string, integrationId: string) => resource('AWS::ApiGatewayV2::Route', {
  ApiId: ref('Api'), RouteKey, AuthorizationType: 'NONE', Target: { 'Fn::Sub': `integrations/\${${integrationId}}` },
})

const CONNECT = `
const { DynamoDBClient, PutItemCommand } = require('@aws-sdk/client-dynamodb')
const dynamoDB = new DynamoDBClient()
exports.handler = async ({ requestContext }) => {
  await dynamoDB.send(new PutItemCommand({ TableName: process.env.TABLE_NAME, Item: { connectionId: { S: requestContext.connectionId } } }))
  return { statusCode: 200 }
}`
/** Says its text to all, and leaves a row that says so. */
const SEND = `
const { ApiGatewayManagementApiClient, PostToConnectionCommand } = require('@aws-sdk/client-apigatewaymanagementapi')
const { DynamoDBClient, ScanCommand, DeleteItemCommand } = require('@aws-sdk/client-dynamodb')
const dynamoDB = new DynamoDBClient()
const TableName = process.env.TABLE_NAME
exports.handler = async ({ body, requestContext: { domainName, stage } }) => {
  const api = new ApiGatewayManagementApiClient({ endpoint: 'https://' + domainName + '/' + stage })
  const { Items } = await dynamoDB.send(new ScanCommand({ TableName }))
  await Promise.all(Items.map(async ({ connectionId }) => {
    try {
      await api.send(new PostToConnectionCommand({ ConnectionId: connectionId.S, Data: JSON.parse(body).data }))
    } catch (error) {
      if (error.name !== 'GoneException') throw error
      await dynamoDB.send(new DeleteItemCommand({ TableName, Key: { connectionId } }))
    }
  }))
  return { statusCode: 200 }
}`

const chat = {
  Table: resource('AWS::DynamoDB::Table', {
    TableName: 'Clients', BillingMode: 'PAY_PER_REQUEST', KeySchema: [{ AttributeName: 'connectionId', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'connectionId', AttributeType: 'S' }],
  }),
  ConnectRole: role(), ConnectPolicy: policy('ConnectRole', allow(['dynamodb:PutItem'], arn('Table'))),
  SendRole: role(), SendPolicy: policy('SendRole', allow(['dynamodb:Scan', 'dynamodb:DeleteItem'], arn('Table')), allow(['execute-api:ManageConnections'], '*')),
  Connect: lambda('connect', 'ConnectRole', CONNECT), Send: lambda('send', 'SendRole', SEND),
  Api: resource('AWS::ApiGatewayV2::Api', { Name: 'Chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' }),
  MayConnect: permission('Connect'), MaySend: permission('Send'),
  ConnectIntegration: integration('Connect'), SendIntegration: integration('Send'),
  ConnectRoute: route('$connect', 'ConnectIntegration'), SendRoute: route('send', 'SendIntegration'),
  Stage: { ...resource('AWS::ApiGatewayV2::Stage', { ApiId: ref('Api'), StageName: 'beta', AutoDeploy: true }), DependsOn: ['ConnectRoute', 'SendRoute'] },
}
const Outputs = { Api: { Value: ref('Api') } }
type Template = { Resources: Record<string, object>, Outputs?: object }

/** The chat of the workshop: table, roles, functions, API. */
export const chatTemplate: Template = { Resources: chat, Outputs }

/** The chat changed in every way: a function in place, a role replaced, an API renamed, a log group new, the second permission gone. */
const { MaySend: _, ...others } = chat
export const changedTemplate: Template = {
  Resources: {
    ...others, Connect: lambda('connect', 'ConnectRole', `${CONNECT}\n// changed`),
    SendRole: resource('AWS::IAM::Role', { ...role().Properties, Path: '/other/' }),
    Api: resource('AWS::ApiGatewayV2::Api', { ...chat.Api.Properties, Name: 'Chat 2' }),
    Group: resource('AWS::Logs::LogGroup', { LogGroupName: '/chat/audit', RetentionInDays: 7 }),
  },
  Outputs,
}

/** `template` with a last resource that cannot be made. */
export const failing = ({ Resources, Outputs }: Template): Template => ({
  Resources: { ...Resources, Broken: { ...route('$connect', 'ConnectIntegration'), DependsOn: Object.keys(Resources) } }, Outputs,
})

/** Begins to create or update the stack; answers when CloudFormation has taken it on. */
export async function begin({ cloudformation }: Clients, operation: 'createStack' | 'updateStack', template: Template) {
  const input = { StackName: STACK, TemplateBody: JSON.stringify(template), Capabilities: ['CAPABILITY_NAMED_IAM' as const] }
  await (operation === 'createStack' ? cloudformation.createStack(input) : cloudformation.updateStack(input))
}

/** The stack as it is when nothing runs on it any more; undefined where there is none. */
export async function stackOf({ cloudformation }: Clients, name = STACK) {
  try {
    for (;;) {
      const { Stacks: [stack] = [] } = await cloudformation.describeStacks({ StackName: name })
      if (!stack!.StackStatus!.endsWith('_IN_PROGRESS')) return stack
      await new Promise((resolve) => { setTimeout(resolve, 5) })
    }
  } catch (error) {
    if ((error as Error).message === `Stack with id ${name} does not exist`) return undefined
    throw error
  }
}

/** Deletes the stack and answers its last status. */
export async function destroy(clients: Clients) {
  const stack = await stackOf(clients)
  if (!stack) return 'DELETE_COMPLETE'
  await clients.cloudformation.deleteStack({ StackName: STACK })
  return (await stackOf(clients, stack.StackId!))!.StackStatus
}
