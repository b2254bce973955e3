import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import type { Input, OperationName, Output, ServiceName } from '../../service.ts'
import { testCloud } from '../../testing.ts'
import { eventLines } from '../testing.ts'
import { openStacks } from '../state.ts'

let aws: Awaited<ReturnType<typeof testCloud>>
beforeEach(async () => { aws = await testCloud() })
afterEach(() => aws.stop())

/** Calls as the account's own administrator. */
const call = <S extends ServiceName, O extends OperationName<S>>(service: S, operation: O, input: Input<S, O>): Promise<Output<S, O>> =>
  aws.cloud.call(service, operation, input, aws.cloud.authority.internal(aws.place.account), aws.place)

/** Creates or updates the stack `Chat` and answers it at rest. */
async function deploy(template: object, more: object = {}) {
  const stacks = openStacks(aws.cloud, aws.place)
  const operation = stacks.find('Chat') ? 'UpdateStack' : 'CreateStack'
  const { StackId } = await call('cloudformation', operation, { StackName: 'Chat', TemplateBody: JSON.stringify(template), Capabilities: ['CAPABILITY_NAMED_IAM'], ...more })
  await call('cloudformation', 'DescribeStacks', { StackName: StackId })
  return stacks.get(StackId)
}

async function destroy() {
  const stack = openStacks(aws.cloud, aws.place).get('Chat')
  await call('cloudformation', 'DeleteStack', { StackName: 'Chat' })
  await call('cloudformation', 'DescribeStacks', { StackName: stack.id })
  return stack
}

const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] }
const allow = (Action: string, Resource: unknown) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] })
const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] })
const ref = (id: string) => ({ Ref: id })
const resource = (Type: string, Properties: object = {}, more: object = {}) => ({ Type, Properties, ...more })

const table = (more: object = {}) => resource('AWS::DynamoDB::Table', {
  TableName: 'Clients', BillingMode: 'PAY_PER_REQUEST', KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], ...more,
})
const role = (more: object = {}) => resource('AWS::IAM::Role', { AssumeRolePolicyDocument: trust, ...more })
const lambda = (more: object = {}) => resource('AWS::Lambda::Function', {
  FunctionName: 'connect', Runtime: 'nodejs22.x', Handler: 'index.handler', Role: arn('Role'), Code: { ZipFile: 'exports.handler = async () => ({ statusCode: 200 })' }, ...more,
})
const api = (more: object = {}) => resource('AWS::ApiGatewayV2::Api', { Name: 'Chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action', ...more })
const route = (RouteKey: string, integration: string) => resource('AWS::ApiGatewayV2::Route', { ApiId: ref('Api'), RouteKey, AuthorizationType: 'NONE', Target: { 'Fn::Sub': `integrations/\${${integration}}` } })

const chat = {
  Table: table(), Role: role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'] }),
  Policy: resource('AWS::IAM::Policy', { PolicyName: 'rows', PolicyDocument: allow('dynamodb:PutItem', arn('Table')), Roles: [ref('Role')] }),
  Function: lambda({ Environment: { Variables: { TABLE_NAME: ref('Table') } }, Timeout: '7' }),
  Api: api(),
  Permission: resource('AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction', FunctionName: arn('Function'), Principal: 'apigateway.amazonaws.com',
    SourceArn: { 'Fn::Sub': 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*$connect' },
  }),
  Integration: resource('AWS::ApiGatewayV2::Integration', {
    ApiId: ref('Api'), IntegrationType: 'AWS_PROXY', IntegrationUri: { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Function.Arn}/invocations' },
  }),
  Mock: resource('AWS::ApiGatewayV2::Integration', { ApiId: ref('Api'), IntegrationType: 'MOCK', IntegrationUri: '' }),
  Connect: route('$connect', 'Integration'), Default: route('$default', 'Mock'),
  Stage: resource('AWS::ApiGatewayV2::Stage', { ApiId: ref('Api'), StageName: 'beta', AutoDeploy: true }),
}
const url = { Url: { Value: { 'Fn::Sub': 'wss://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}/${Stage}' } } }

describe('the resource types of the chat', () => {
  it('makes a model from a schema that is written as an object, and changes it in place', async () => {
    const model = (Schema: object) => ({ Api: api(), Model: resource('AWS::ApiGatewayV2::Model', { ApiId: ref('Api'), Name: 'Message', Schema }) })
    const models = async (stack: Awaited<ReturnType<typeof deploy>>) => (await call('apigatewayv2', 'GetModels', { ApiId: stack.resources.Api!.physicalId })).Items!
    const made = await deploy({ Resources: model({ type: 'object' }) })
    const [before] = await models(made)
    const changed = await deploy({ Resources: model({ type: 'object', required: ['data'] }) })
    const [after] = await models(changed)

    assert.deepEqual([before!.Schema, after!.Schema], ['{"type":"object"}', '{"type":"object","required":["data"]}'])
    assert.equal(after!.ModelId, before!.ModelId)
  })

  it('make a chat, and take all of it away again', async () => {
    const stack = await deploy({ Resources: chat, Outputs: url })

    assert.equal(stack.status, 'CREATE_COMPLETE', eventLines(stack).join('\n'))
    const { physicalId: ApiId } = stack.resources.Api!
    assert.equal(stack.outputs[0]?.value, `wss://${ApiId}.execute-api.us-east-1.amazonaws.com/beta`)
    const { Timeout, Environment, MemorySize } = await call('lambda', 'GetFunctionConfiguration', { FunctionName: 'connect' })
    assert.deepEqual([Timeout, Environment, MemorySize], [7, { Variables: { TABLE_NAME: 'Clients' } }, 128])
    assert.match(stack.resources.Role!.physicalId, /^Chat-Role-[A-Za-z0-9]{12}$/)
    assert.match(stack.resources.Policy!.physicalId, /^Chat-Poli-[A-Za-z0-9]{12}$/)

    assert.equal((await destroy()).status, 'DELETE_COMPLETE')
    assert.deepEqual((await call('apigatewayv2', 'GetApis', {})).Items, [])
    assert.deepEqual((await call('lambda', 'ListFunctions', {})).Functions, [])
    assert.deepEqual((await call('dynamodb', 'ListTables', {})).TableNames, [])
    assert.deepEqual((await call('iam', 'ListRoles', {})).Roles, [])
  })

  it('follow changed properties, and forget removed ones (C6)', async () => {
    await deploy({ Resources: { ...chat, Api: api({ Description: 'talk', Tags: { a: '1' } }) } }, { Tags: [{ Key: 'team', Value: 'x' }] })
    const stack = await deploy({
      Resources: { ...chat, Function: lambda({ MemorySize: 256 }), Default: route('other', 'Mock'), Api: api({ Name: 'Chat 2' }) },
    }, { Tags: [] })

    assert.equal(stack.status, 'UPDATE_COMPLETE', eventLines(stack).join('\n'))
    const { Timeout, Environment, MemorySize } = await call('lambda', 'GetFunctionConfiguration', { FunctionName: 'connect' })
    assert.deepEqual([Timeout, Environment?.Variables ?? {}, MemorySize], [3, {}, 256])
    const { Name, Description, Tags } = await call('apigatewayv2', 'GetApi', { ApiId: stack.resources.Api!.physicalId })
    assert.deepEqual([Name, Description, Tags ?? {}], ['Chat 2', undefined, {}])
    const { Items = [] } = await call('apigatewayv2', 'GetRoutes', { ApiId: stack.resources.Api!.physicalId })
    assert.deepEqual(Items.map(({ RouteKey }) => RouteKey).toSorted(), ['$connect', 'other'])
    const { Tags: tags = [] } = await call('iam', 'ListRoleTags', { RoleName: stack.resources.Role!.physicalId })
    assert.deepEqual(tags, [])
  })

  it('replace an API with everything that belongs to it', async () => {
    const { resources: { Api: before } } = await deploy({ Resources: chat })
    const old = before!.physicalId
    // There is no other kind of API here, so a new logical id stands for a replacement.
    const renamed = JSON.parse(JSON.stringify(chat).replaceAll('"Ref":"Api"', '"Ref":"Api2"').replaceAll('${Api}', '${Api2}').replace('"Api":', '"Api2":'))
    const stack = await deploy({ Resources: renamed })

    assert.equal(stack.status, 'UPDATE_COMPLETE', eventLines(stack).join('\n'))
    const { Items = [] } = await call('apigatewayv2', 'GetApis', {})
    assert.deepEqual(Items.map(({ ApiId }) => ApiId), [stack.resources.Api2!.physicalId])
    assert.notEqual(stack.resources.Api2!.physicalId, old)
    assert.equal((await call('apigatewayv2', 'GetRoutes', { ApiId: stack.resources.Api2!.physicalId })).Items?.length, 2)
  })

  it('say in AWS\'s words what a service refused (C7.12, C7.14)', async () => {
    const stack = await deploy({ Resources: { Api: api(), Deployment: resource('AWS::ApiGatewayV2::Deployment', { ApiId: ref('Api') }) } })

    assert.equal(stack.status, 'ROLLBACK_COMPLETE')
    assert.ok(eventLines(stack).includes('Deployment CREATE_FAILED Resource handler returned message: "At least one route is required before deploying the Api. (Service: ApiGatewayV2, Status Code: 400, Request ID: UUID)" (RequestToken: UUID, HandlerErrorCode: InvalidRequest)'))
  })

  it('delete again what was half made', async () => {
    const stack = await deploy({ Resources: { Role: role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/NoSuchPolicy'] }) } })

    assert.equal(stack.status, 'ROLLBACK_COMPLETE')
    assert.deepEqual(eventLines(stack).slice(1, 3), ['Role CREATE_IN_PROGRESS', 'Role CREATE_IN_PROGRESS Resource creation Initiated'])
    assert.deepEqual((await call('iam', 'ListRoles', {})).Roles, [])
  })

  it('act with the rights of the stack\'s role only', async () => {
    const RoleName = 'deployer'
    const trusted = { ...trust, Statement: [{ ...trust.Statement[0], Principal: { Service: 'cloudformation.amazonaws.com' } }] }
    const { Role } = await call('iam', 'CreateRole', { RoleName, AssumeRolePolicyDocument: JSON.stringify(trusted) })
    await call('iam', 'PutRolePolicy', { RoleName, PolicyName: 'logs', PolicyDocument: JSON.stringify(allow('logs:*', '*')) })
    const stack = await deploy({ Resources: { Group: resource('AWS::Logs::LogGroup', { LogGroupName: 'chat', RetentionInDays: 7 }), Table: { ...table(), DependsOn: 'Group' } } }, { RoleARN: Role!.Arn })

    const lines = eventLines(stack)
    assert.ok(lines.includes('Group CREATE_COMPLETE'))
    assert.match(lines.find((line) => line.startsWith('Table CREATE_FAILED'))!,
      /User: arn:aws:sts::000000000000:assumed-role\/deployer\/AWSCloudFormation is not authorized to perform: dynamodb:\w+ on resource: .*table\/Clients .*HandlerErrorCode: AccessDenied/)
  })

  it('refuse a role that CloudFormation may not use', async () => {
    const { Role } = await call('iam', 'CreateRole', { RoleName: 'other', AssumeRolePolicyDocument: JSON.stringify(trust) })

    await assert.rejects(deploy({ Resources: { Table: table() } }, { RoleARN: Role!.Arn }), { message: `Role ${Role!.Arn} is invalid or cannot be assumed` })
  })
})

const others = (n: number) => ({
  Parameter: resource('AWS::SSM::Parameter', { Name: '/chat/n', Type: 'String', Value: n }),
  Group: resource('AWS::Logs::LogGroup', n === 1 ? { RetentionInDays: 7 } : {}),
  Bucket: resource('AWS::S3::Bucket', { BucketName: 'chat-bucket', VersioningConfiguration: { Status: 'Suspended' } }),
  Role: role(),
  Managed: resource('AWS::IAM::ManagedPolicy', { PolicyDocument: allow('s3:GetObject', `arn:aws:s3:::chat-bucket/${n}`), Roles: [ref('Role')] }),
  Metadata: resource('AWS::CDK::Metadata', { Analytics: `v2:${n}` }),
})

describe('other resource types', () => {
  it('make and change parameters, log groups, buckets and managed policies', async () => {
    const created = await deploy({ Resources: others(1) })
    assert.equal(created.status, 'CREATE_COMPLETE', eventLines(created).join('\n'))
    const updated = await deploy({ Resources: others(2) })
    assert.equal(updated.status, 'UPDATE_COMPLETE', eventLines(updated).join('\n'))

    assert.equal((await call('ssm', 'GetParameter', { Name: '/chat/n' })).Parameter?.Value, '2')
    const { Versions = [] } = await call('iam', 'ListPolicyVersions', { PolicyArn: updated.resources.Managed!.physicalId })
    assert.equal(Versions.length, 2)
    assert.equal((await destroy()).status, 'DELETE_COMPLETE')
  })

  it('make a global table with its one replica, as CDK writes TableV2', async () => {
    const { Properties } = table({ TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true } }) as { Properties: object }
    const globalTable = (Replicas: object[]) => resource('AWS::DynamoDB::GlobalTable', { ...Properties, Replicas })
    const here = await deploy({ Resources: { Table: globalTable([{ Region: aws.place.region, DeletionProtectionEnabled: true }]) } })

    assert.equal(here.status, 'CREATE_COMPLETE', eventLines(here).join('\n'))
    assert.equal((await call('dynamodb', 'DescribeTable', { TableName: 'Clients' })).Table?.DeletionProtectionEnabled, true)

    const changed = await deploy({ Resources: { Table: globalTable([{ Region: aws.place.region }]) } })
    assert.equal(changed.status, 'UPDATE_COMPLETE', eventLines(changed).join('\n'))
    assert.equal((await destroy()).status, 'DELETE_COMPLETE')
    const twice = await deploy({ Resources: { Table: globalTable([{ Region: aws.place.region }, { Region: 'eu-west-1' }]) } })
    assert.match(eventLines(twice).join('\n'), /The replica of Table outside of us-east-1 is not built into the local AWS/)
  })

  it('refuse to delete a bucket with objects in it', async () => {
    await deploy({ Resources: { Bucket: resource('AWS::S3::Bucket', { BucketName: 'chat-bucket' }) } })
    await call('s3', 'PutObject', { Bucket: 'chat-bucket', Key: 'a', Body: new TextEncoder().encode('x') })

    assert.equal((await destroy()).status, 'DELETE_FAILED')
  })
})

const worker = (more: object = {}, mapping: object = {}) => ({
  Dead: resource('AWS::SQS::Queue'),
  Queue: resource('AWS::SQS::Queue', { RedrivePolicy: { deadLetterTargetArn: arn('Dead'), maxReceiveCount: 3 }, ...more }),
  Policy: resource('AWS::SQS::QueuePolicy', {
    Queues: [ref('Queue')],
    PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: arn('Role') }, Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], Resource: arn('Queue') }] },
  }),
  Role: role(), Function: lambda({ Timeout: 10, Environment: { Variables: { QUEUE_URL: ref('Queue'), QUEUE_NAME: { 'Fn::GetAtt': ['Queue', 'QueueName'] } } } }),
  Mapping: resource('AWS::Lambda::EventSourceMapping', { EventSourceArn: arn('Queue'), FunctionName: ref('Function'), FunctionResponseTypes: ['ReportBatchItemFailures'], ...mapping }, { DependsOn: 'Policy' }),
})

const settings = async (QueueUrl: string) => (await call('sqs', 'GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] })).Attributes!

describe('the resource types of a queue with a worker', () => {
  it('make all of it, and take it away again', async () => {
    const stack = await deploy({ Resources: worker() }, { Tags: [{ Key: 'team', Value: 'x' }] })

    assert.equal(stack.status, 'CREATE_COMPLETE', eventLines(stack).join('\n'))
    const { Queue, Dead, Mapping } = stack.resources
    assert.match(Queue!.physicalId, /^https:\/\/sqs\.us-east-1\.amazonaws\.com\/000000000000\/Chat-Queue-[A-Za-z0-9]{12}$/)
    const { RedrivePolicy, Policy } = await settings(Queue!.physicalId)
    assert.deepEqual(JSON.parse(RedrivePolicy!), { deadLetterTargetArn: (await settings(Dead!.physicalId)).QueueArn, maxReceiveCount: 3 })
    assert.match(Policy!, /sqs:ReceiveMessage/)
    const { Environment } = await call('lambda', 'GetFunctionConfiguration', { FunctionName: 'connect' })
    assert.deepEqual(Environment!.Variables, { QUEUE_URL: Queue!.physicalId, QUEUE_NAME: Queue!.physicalId.split('/').at(-1) })
    const { State, FunctionResponseTypes } = await call('lambda', 'GetEventSourceMapping', { UUID: Mapping!.physicalId })
    assert.deepEqual([State, FunctionResponseTypes], ['Enabled', ['ReportBatchItemFailures']])
    assert.deepEqual((await call('sqs', 'ListQueueTags', { QueueUrl: Queue!.physicalId })).Tags, { team: 'x' })

    assert.equal((await destroy()).status, 'DELETE_COMPLETE')
    assert.deepEqual(await call('sqs', 'ListQueues', {}), {})
    assert.deepEqual((await call('lambda', 'ListEventSourceMappings', {})).EventSourceMappings, [])
  })

  it('follow changed properties, and forget removed ones', async () => {
    const { resources: { Queue, Mapping } } = await deploy({ Resources: worker({ VisibilityTimeout: 60, DelaySeconds: 5 }, { BatchSize: 5, Enabled: false }) })
    const stack = await deploy({ Resources: worker({ VisibilityTimeout: 90 }, { ScalingConfig: { MaximumConcurrency: 2 } }) })

    assert.equal(stack.status, 'UPDATE_COMPLETE', eventLines(stack).join('\n'))
    assert.deepEqual([stack.resources.Queue!.physicalId, stack.resources.Mapping!.physicalId], [Queue!.physicalId, Mapping!.physicalId])
    const { VisibilityTimeout, DelaySeconds } = await settings(Queue!.physicalId)
    assert.deepEqual([VisibilityTimeout, DelaySeconds], ['90', '0'])
    const { BatchSize, State, ScalingConfig } = await call('lambda', 'GetEventSourceMapping', { UUID: Mapping!.physicalId })
    assert.deepEqual([BatchSize, State, ScalingConfig], [10, 'Enabled', { MaximumConcurrency: 2 }])
  })

  it('fail where the queue is less patient than the worker', async () => {
    const stack = await deploy({ Resources: worker({ VisibilityTimeout: 5 }) })

    assert.equal(stack.status, 'ROLLBACK_COMPLETE')
    assert.match(eventLines(stack).join('\n'), /Mapping CREATE_FAILED Resource handler returned message: ".*Queue visibility timeout: 5 seconds is less than Function timeout: 10 seconds \(Service: Lambda, Status Code: 400/)
    assert.deepEqual(await call('sqs', 'ListQueues', {}), {})
  })

  it('make FIFO queues', async () => {
    const stack = await deploy({ Resources: { Queue: resource('AWS::SQS::Queue', { FifoQueue: 'true', ContentBasedDeduplication: true }) } })

    assert.equal(stack.status, 'CREATE_COMPLETE', eventLines(stack).join('\n'))
    assert.match(stack.resources.Queue!.physicalId, /\.fifo$/)
    assert.equal((await settings(stack.resources.Queue!.physicalId)).ContentBasedDeduplication, 'true')
  })
})
