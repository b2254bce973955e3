import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2'
import { CloudFormation } from '@aws-sdk/client-cloudformation'
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs'
import { DynamoDB } from '@aws-sdk/client-dynamodb'
import { IAM } from '@aws-sdk/client-iam'
import { Lambda } from '@aws-sdk/client-lambda'
import { S3 } from '@aws-sdk/client-s3'
import { SSM } from '@aws-sdk/client-ssm'
import { STS } from '@aws-sdk/client-sts'
import { zipOf } from '../lambda/testing.ts'
import { sendSigned } from '../protocol/signed-fetch-testing.ts'
import { startTestCloud } from '../testing.ts'
import { type Victim } from './attack-testing.ts'

/** What every object has, though nobody put it there. */
const INHERITED = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__']
const trust = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] })

describe('names that every object has (prototype pollution)', () => {
  let aws: Victim
  before(async () => { aws = await startTestCloud() })
  after(async () => {
    assert.equal(({} as Record<string, unknown>).polluted, undefined)
    assert.equal(Object.keys(Object.prototype).length, 0)
    await aws.stop()
  })

  for (const name of INHERITED) {
    it(`${name} is a role, a user and a policy like others`, async () => {
      const iam = new IAM(aws.client)
      await assert.rejects(iam.getRole({ RoleName: name }), { name: 'NoSuchEntityException' })
      await iam.createRole({ RoleName: name, AssumeRolePolicyDocument: trust, Tags: [{ Key: name, Value: name }] })
      await iam.putRolePolicy({ RoleName: name, PolicyName: name, PolicyDocument: '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}' })
      await iam.createUser({ UserName: name })

      assert.equal((await iam.getRole({ RoleName: name })).Role?.RoleName, name)
      assert.deepEqual((await iam.listRoleTags({ RoleName: name })).Tags, [{ Key: name, Value: name }])
      assert.deepEqual((await iam.listRolePolicies({ RoleName: name })).PolicyNames, [name])
      assert.equal((await iam.getUser({ UserName: name })).User?.UserName, name)
      await iam.deleteUser({ UserName: name })
      await iam.deleteRolePolicy({ RoleName: name, PolicyName: name })
      await iam.deleteRole({ RoleName: name })
      await assert.rejects(iam.getRole({ RoleName: name }), { name: 'NoSuchEntityException' })
    })

    it(`${name} is a function, its variable and its tag like others`, async () => {
      const iam = new IAM(aws.client)
      const lambda = new Lambda(aws.client)
      const { Role } = await iam.createRole({ RoleName: `for-${name}`, AssumeRolePolicyDocument: trust })
      await assert.rejects(lambda.getFunction({ FunctionName: name }), { name: 'ResourceNotFoundException' })
      const isVariable = /^[a-zA-Z]\w+$/.test(name)
      const made = await lambda.createFunction({
        FunctionName: name, Role: Role!.Arn, Runtime: 'nodejs22.x', Handler: 'i.h', Code: { ZipFile: zipOf({ 'i.js': '' }) }, Tags: { [name]: 'x' }, ...isVariable && { Environment: { Variables: { [name]: 'x' } } },
      })

      const { Configuration, Tags } = await lambda.getFunction({ FunctionName: name })
      assert.equal(Configuration?.FunctionName, name)
      if (name !== '__proto__') assert.deepEqual(Tags, { [name]: 'x' })
      if (isVariable) assert.deepEqual(Configuration?.Environment?.Variables, { [name]: 'x' })
      await lambda.addPermission({ FunctionName: name, StatementId: name, Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com' })
      assert.match((await lambda.getPolicy({ FunctionName: name })).Policy!, new RegExp(`"Sid":"${name}"`))
      assert.ok((await lambda.listFunctions({})).Functions!.some(({ FunctionArn }) => FunctionArn === made.FunctionArn))
      await lambda.deleteFunction({ FunctionName: name })
      await assert.rejects(lambda.getFunction({ FunctionName: name }), { name: 'ResourceNotFoundException' })
    })

    it(`${name} is a table, an item's attribute and a log group like others`, async () => {
      const table = new DynamoDB(aws.client)
      await table.createTable({ TableName: name, AttributeDefinitions: [{ AttributeName: name, AttributeType: 'S' }], KeySchema: [{ AttributeName: name, KeyType: 'HASH' }], BillingMode: 'PAY_PER_REQUEST', Tags: [{ Key: name, Value: 'x' }] })
        .then(async () => {
          if (name === '__proto__') return
          await table.putItem({ TableName: name, Item: { [name]: { S: 'key' } } })
          assert.deepEqual((await table.scan({ TableName: name })).Items, [{ [name]: { S: 'key' } }])
        }, ({ name: error }) => assert.match(error, /Exception$/))
      const logs = new CloudWatchLogs(aws.client)
      await logs.createLogGroup({ logGroupName: name, tags: { [name]: 'x' } })
      await logs.createLogStream({ logGroupName: name, logStreamName: name })
      await logs.putLogEvents({ logGroupName: name, logStreamName: name, logEvents: [{ timestamp: Date.now(), message: 'hello' }] })

      assert.deepEqual((await logs.getLogEvents({ logGroupName: name, logStreamName: name })).events!.map(({ message }) => message), ['hello'])
    })

    it(`${name} is a parameter, an object and its metadata like others`, async () => {
      const ssm = new SSM(aws.client)
      await assert.rejects(ssm.getParameter({ Name: name }), { name: 'ParameterNotFound' })
      await ssm.putParameter({ Name: name, Value: 'x', Type: 'String' })
      assert.equal((await ssm.getParameter({ Name: name })).Parameter?.Value, 'x')

      const s3 = new S3({ ...aws.client, forcePathStyle: true })
      await s3.createBucket({ Bucket: 'names' })
      await s3.putObject({ Bucket: 'names', Key: name, Body: 'x' })
      assert.equal((await s3.headObject({ Bucket: 'names', Key: name })).ContentLength, 1)
    })

    it(`${name} is a route, a stage and a stage variable like others`, async () => {
      const api = new ApiGatewayV2(aws.client)
      const { ApiId } = await api.createApi({ Name: name, ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action', Tags: { [name]: 'x' } })
      await api.createRoute({ ApiId, RouteKey: name })
      assert.deepEqual((await api.getRoutes({ ApiId })).Items!.map(({ RouteKey }) => RouteKey), [name])
      await assert.rejects(api.getStage({ ApiId, StageName: name }), { name: 'NotFoundException' })
      await api.createStage({ ApiId, StageName: name, StageVariables: { [name]: 'x' } }).then(async () => {
        assert.equal((await api.getStage({ ApiId, StageName: name })).StageName, name)
        await api.deleteStage({ ApiId, StageName: name })
      }, ({ name: error }) => assert.equal(error, 'BadRequestException'))
      await assert.rejects(api.getStage({ ApiId, StageName: name }), { name: 'NotFoundException' })
    })

    it(`${name} in a template is no resource, parameter, condition, mapping or function that nobody declared`, async () => {
      const cloudFormation = new CloudFormation(aws.client)
      const StackName = (index: number) => `names-${name.replaceAll('_', '')}-${index}`
      const thing = { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'x' } }
      const templates = [
        { Resources: { A: { ...thing, Properties: { ...thing.Properties, Value: { Ref: name } } } } },
        { Resources: { A: { ...thing, DependsOn: name } } },
        { Resources: { A: { ...thing, Condition: name } } },
        { Resources: { A: { ...thing, Properties: { ...thing.Properties, Value: { 'Fn::Sub': `\${${name}}` } } } } },
        { Resources: { A: { ...thing, Properties: { ...thing.Properties, Value: { 'Fn::GetAtt': [name, 'Arn'] } } } } },
        { Resources: { A: { ...thing, Properties: { ...thing.Properties, Value: { 'Fn::FindInMap': [name, name, name] } } } } },
        { Mappings: { M: { a: { b: 'c' } } }, Resources: { A: { ...thing, Properties: { ...thing.Properties, Value: { 'Fn::FindInMap': ['M', name, name] } } } } },
        { Resources: { A: { ...thing, Properties: { ...thing.Properties, Value: { 'Fn::If': [name, 'a', 'b'] } } } } },
        { Conditions: { C: { Condition: name } }, Resources: { A: thing } },
        { Parameters: { [`P${name.replaceAll('_', '')}`]: { Type: name } }, Resources: { A: thing } },
        { Resources: { A: { Type: name } } },
        { Resources: { A: { ...thing, Properties: Object.fromEntries([...Object.entries(thing.Properties), [name, 'x']]) } } },
      ]
      for (const [index, template] of templates.entries()) {
        const TemplateBody = JSON.stringify(template)
        const failed = await cloudFormation.createStack({ StackName: StackName(index), TemplateBody }).then(() => settled(cloudFormation, StackName(index)), ({ name: code, $metadata }) => {
          assert.equal(code, 'ValidationError', `${TemplateBody}: ${code}`)
          assert.equal($metadata.httpStatusCode, 400)
          return true
        })
        assert.ok(failed, TemplateBody)
        await cloudFormation.deleteStack({ StackName: StackName(index) })
      }
      await assert.rejects(cloudFormation.createStack({ StackName: 'known', TemplateBody: JSON.stringify({ Resources: { A: thing } }), Parameters: [{ ParameterKey: name, ParameterValue: 'x' }] }), /do not exist in the template/)
    })

    it(`${name} may name a resource, where AWS allows it`, async () => {
      if (!/^[A-Za-z0-9]+$/.test(name)) return
      const cloudFormation = new CloudFormation(aws.client)
      const StackName = `resource-${name}`
      const group = (LogGroupName: string) => ({ Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName } })
      const Other = { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Name: `/other/${name}`, Value: { Ref: name } } }
      await cloudFormation.createStack({ StackName, TemplateBody: JSON.stringify({ Resources: { Other, [name]: group(`/r/${name}`) } }) })

      assert.equal(await settled(cloudFormation, StackName), false)
      assert.equal((await cloudFormation.describeStackResource({ StackName, LogicalResourceId: name })).StackResourceDetail!.PhysicalResourceId, `/r/${name}`)
      await assert.rejects(cloudFormation.describeStackResource({ StackName, LogicalResourceId: 'isPrototypeOf' }), { name: 'ValidationError' })
      await cloudFormation.deleteStack({ StackName })
    })

    it(`${name} as one member of a property is data`, async () => {
      const cloudFormation = new CloudFormation(aws.client)
      const StackName = `data-${name.replaceAll('_', '')}`
      const body = `{"Resources":{"G":{"Type":"AWS::Logs::LogGroup","Metadata":{"${name}":{"polluted":1}},"Properties":{"LogGroupName":"/x/${StackName}","Tags":[{"Key":"a","Value":"b"}]}}},"Outputs":{"O":{"Value":"x","Description":"y"}},"Metadata":{"${name}":{"polluted":1}}}`
      await cloudFormation.createStack({ StackName, TemplateBody: body })

      assert.equal(await settled(cloudFormation, StackName), false)
    })

    it(`${name} as operator or key of a condition allows nothing, and breaks nothing`, async () => {
      const iam = new IAM(aws.client)
      const RoleName = `conditional-${name}`
      await iam.createRole({ RoleName, AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: '000000000000' }, Action: 'sts:AssumeRole' }] }) })
      for (const Condition of [`{"${name}":{"aws:username":"x"}}`, `{"StringEquals":{"${name}":"x"}}`, `{"${name}IfExists":{"${name}":"x"}}`, `{"ForAllValues:${name}":{"a":[]}}`, `{"StringLike":{"aws:username":"\${${name}}"}}`]) {
        const PolicyDocument = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ssm:*","Resource":"*","Condition":${Condition}}]}`
        try {
          await iam.putRolePolicy({ RoleName, PolicyName: 'p', PolicyDocument })
        } catch (error) {
          assert.equal((error as Error).name, 'MalformedPolicyDocumentException')
          continue
        }
        const { Credentials } = await new STS(aws.client).assumeRole({ RoleArn: `arn:aws:iam::000000000000:role/${RoleName}`, RoleSessionName: 'anyone' })
        const credentials = { accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken! }
        await assert.rejects(new SSM({ ...aws.client, credentials, maxAttempts: 1 }).describeParameters({}), { name: 'AccessDeniedException' }, Condition)
      }
    })
  }

  it('are asked for in the protocols, and answered 4xx', async () => {
    const signing = { endpoint: aws.url, credentials: aws.keys }
    for (const name of INHERITED)
      for (const [service, request] of [
        ['iam', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `Action=${name}&${name}.member.1=x` }],
        ['dynamodb', { method: 'POST', headers: { 'x-amz-target': `DynamoDB_20120810.${name}`, 'content-type': 'application/x-amz-json-1.0' }, body: `{"${name}":{"polluted":1}}` }],
        ['lambda', { path: `/2015-03-31/${name}/x` }], ['apigateway', { path: `/v2/${name}` }], ['s3', { path: `/${name}?${name}=1` }], [name, { path: '/' }],
      ] as const) {
        const { status, text } = await sendSigned({ ...signing, service }, request)

        assert.ok(status >= 400 && (status < 500 || status === 501), `${service} ${name}: ${status} ${text}`)
      }
  })
})

/** Waits until a stack is at rest; answers whether it failed. */
async function settled(cloudFormation: CloudFormation, StackName: string): Promise<boolean> {
  for (;;) {
    const { Stacks } = await cloudFormation.describeStacks({ StackName })
    const status = Stacks![0]!.StackStatus!
    if (!status.endsWith('IN_PROGRESS')) return status !== 'CREATE_COMPLETE'
    await new Promise((resolve) => { setTimeout(resolve, 5) })
  }
}
