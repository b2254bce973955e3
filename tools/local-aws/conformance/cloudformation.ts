import assert from 'node:assert/strict'
import { fact, section } from './fact.ts'
import { worker } from './harness/queues.ts'
import { refusal } from './harness/sdk.ts'
import { att, changeStack, ended, eventsOf, makeStack, parameter, ref, rolledBack, table, two } from './harness/stacks.ts'
import type { World } from './harness/world.ts'

const CFN = '2026-09-26'
const DOCS = '2026-11'
const JAN = '2026-01'
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

const refused = async (world: World, template: object | string, more: object = {}) => {
  const { status, name, message } = await refusal(world.aws.cloudformation.createStack({
    StackName: world.name('refused'), TemplateBody: typeof template === 'string' ? template : JSON.stringify(template), ...more
  }))
  return [status, name, message]
}
const invalid = (message: string) => [400, 'ValidationError', message]
const format = (text: string) => invalid(`Template format error: ${text}`)

export const cloudFormation = section('G2 templates and failures', [
  fact('G2.2', 'O', 'a name that is taken by something else', 'WILD', DOCS, async (world) => {
    const TableName = world.name('occupied')
    await world.aws.dynamodb.createTable({
      TableName, BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    })
    world.removeLater(`table ${TableName}`, () => world.aws.dynamodb.deleteTable({ TableName }))
    const { StackId } = await makeStack(world, 'collides', { Resources: { Table: table({ TableName }) } }, { DisableValidation: true })
    const reason = (await eventsOf(world, StackId)).find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED')!.ResourceStatusReason!

    assert.match(
      reason,
      new RegExp(`^Resource handler returned message: "Resource of type 'AWS::DynamoDB::Table' with identifier '${TableName}' already exists\\." \\(RequestToken: ${UUID}, HandlerErrorCode: AlreadyExists\\)$`),
    )
  }),
  fact('G2.2', 'O', 'a name that another stack owns', 'WILD', DOCS, async (world) => {
    const TableName = world.name('owned')
    const owner = await makeStack(world, 'owner', { Resources: { Table: table({ TableName }) } })
    const { StackId } = await makeStack(world, 'intruder', { Resources: { Table: table({ TableName }) } }, { DisableValidation: true })
    const reason = (await eventsOf(world, StackId)).find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED')!.ResourceStatusReason!

    assert.equal(reason, `${TableName} already exists in stack ${owner.StackId}`)
  }),
  fact('G2.3', 'O', 'what a handler says is wrapped with the service, the status, the request and a code', 'WILD', DOCS, async (world) => {
    const { StackId } = await makeStack(
      world, 'handler',
      { Resources: { Function: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Runtime: 'nodejs14.x', Handler: 'index.handler', Role: `arn:aws:iam::${world.cloud.account}:role/absent`, Code: { ZipFile: 'x' },
        },
      } } },
    )
    const reason = (await eventsOf(world, StackId)).find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED')!.ResourceStatusReason!

    assert.match(
      reason,
      new RegExp(`^Resource handler returned message: ".+ \\(Service: Lambda, Status Code: 400, Request ID: ${UUID}\\)" \\(RequestToken: ${UUID}, HandlerErrorCode: InvalidRequest\\)$`),
    )
  }),
  fact('G2.4', 'O', 'replacing a resource with a name of its own is refused', 'WILD', DOCS, async (world) => {
    const TableName = world.name('named')
    const { StackName, StackId } = await makeStack(world, 'custom-named', { Resources: { Table: table({ TableName }) } })
    await changeStack(
      world, StackName,
      { Resources: { Table: table({
        TableName, AttributeDefinitions: [{ AttributeName: 'other', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'other', KeyType: 'HASH' }],
      }) } },
    )
    const reason = (await eventsOf(world, StackId)).find(({ ResourceStatus }) => ResourceStatus === 'UPDATE_FAILED')!.ResourceStatusReason

    assert.equal(
      reason,
      `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${TableName} and update the stack again.`,
    )
  }),
  fact('G2.5', 'O', 'a stack in ROLLBACK_COMPLETE can only be deleted', 'WILD', DOCS, async (world) => {
    const { StackName, StackId } = await rolledBack(world)

    assert.equal(
      (await refusal(changeStack(world, StackName, two()))).message,
      `Stack:${StackId} is in ROLLBACK_COMPLETE state and can not be updated.`,
    )
  }),
  fact('G2.6', 'O', 'what is wrong with a template is told in these words', 'LS-cfn, WILD', DOCS, async (world) => {
    assert.deepEqual(
      await refused(world, { Resources: { A: parameter(ref('X')) } }),
      format('Unresolved resource dependencies [X] in the Resources block of the template'),
    )
    assert.deepEqual(
      await refused(world, { Resources: { A: parameter('x') }, Outputs: { O: { Value: ref('X') } } }),
      format('Unresolved resource dependencies [X] in the Outputs block of the template'),
    )
    assert.deepEqual(
      await refused(world, { Resources: { A: parameter(ref('B')), B: parameter(ref('A')) } }),
      invalid('Circular dependency between resources: [A, B]'),
    )
    assert.deepEqual(await refused(world, { Resources: {} }), format('At least one Resources member must be defined.'))
    assert.deepEqual(
      await refused(world, { Resources: { A: { Properties: {} } } }),
      format('[/Resources/A] Every Resources object must contain a Type member.'),
    )
    assert.deepEqual(
      await refused(world, { Resources: { A: { Type: 'AWS::Nothing' } } }), format('Unrecognized resource types: [AWS::Nothing]'),
    )
    assert.deepEqual(
      await refused(world, { Resources: { A: { Type: 'AWS::DynamoDB::Tabel' } } }), format('Unrecognized resource types: [AWS::DynamoDB::Tabel]'),
    )
  }),
  fact('G2.6', 'O', 'parameters without values, values without parameters, GetAtt of what is not there', 'WILD', DOCS, async (world) => {
    const Resources = { A: parameter('x') }

    assert.deepEqual(
      await refused(world, { Parameters: { Name: { Type: 'String' } }, Resources }), invalid('Parameters: [Name] must have values'),
    )
    assert.deepEqual(
      await refused(world, { Resources }, { Parameters: [{ ParameterKey: 'X', ParameterValue: 'x' }] }),
      invalid('Parameters: [X] do not exist in the template'),
    )
    assert.deepEqual(
      await refused(world, { Resources: { A: parameter(att('X', 'Arn')) } }),
      invalid('Template error: instance of Fn::GetAtt references undefined resource X'),
    )
  }),
  fact('G2.7', 'O', 'a missing capability', 'LS-cfn, CAP-CFN', CFN, async (world) => {
    const role = (more: object) => ({ Resources: { Role: {
      Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] }, ...more },
    } } })
    const insufficient = (capability: string) => [400, 'InsufficientCapabilitiesException', `Requires capabilities : [${capability}]`]

    assert.deepEqual(await refused(world, role({})), insufficient('CAPABILITY_IAM'))
    assert.deepEqual(await refused(world, role({ RoleName: 'named' })), insufficient('CAPABILITY_NAMED_IAM'))
  }),
  fact('G2.8', 'O', 'an export that is taken, missing, or in use', 'WILD', DOCS, async (world) => {
    const { aws, name } = world
    const Name = name('export')
    const exporter = { Resources: { A: parameter('x') }, Outputs: { Out: { Value: 'x', Export: { Name } } } }
    const first = await makeStack(world, 'exporter', exporter)
    const second = await makeStack(world, 'namesake', exporter)
    const importer = await makeStack(world, 'importer', { Resources: { A: parameter({ 'Fn::ImportValue': Name }) } })
    const lost = await makeStack(world, 'lost', { Resources: { A: parameter({ 'Fn::ImportValue': `${Name}-absent` }) } })
    await aws.cloudformation.deleteStack({ StackName: first.StackName }).catch(() => undefined)
    const { stack } = await ended(world, first.StackId)
    const reasons = async (StackId: string) => (await eventsOf(world, StackId)).map(({ ResourceStatusReason }) => ResourceStatusReason).filter(Boolean).join('\n')

    assert.equal(importer.status, 'CREATE_COMPLETE')
    assert.match(await reasons(second.StackId), new RegExp(`Export with name ${Name} is already exported by stack ${first.StackName}\\. ?`))
    assert.match(await reasons(lost.StackId), new RegExp(`No export named ${Name}-absent found`))
    assert.match(
      stack.StackStatusReason ?? await reasons(first.StackId),
      new RegExp(`Cannot delete export ${Name} as it is in use by ${importer.StackName}\\.|Export ${Name} cannot be deleted as it is in use by ${importer.StackName}`),
    )
    // The importer goes first, or the exporter cannot.
    await aws.cloudformation.deleteStack({ StackName: importer.StackName })
    await ended(world, importer.StackId)
  }),
  fact('G2.9', 'O', 'termination protection', 'WILD', DOCS, async (world) => {
    const { StackName } = await makeStack(world, 'protected', two(), { EnableTerminationProtection: true })
    const { message } = await refusal(world.aws.cloudformation.deleteStack({ StackName }))
    await world.aws.cloudformation.updateTerminationProtection({ StackName, EnableTerminationProtection: false })

    assert.equal(message, `Stack [${StackName}] cannot be deleted while TerminationProtection is enabled`)
  }),
  fact('G2.10', 'D', 'DeletionPolicy Retain keeps a resource that leaves the template', 'CDKLIB', DOCS, async (world) => {
    const Name = world.name('retained')
    const { StackName } = await makeStack(
      world, 'retains',
      { Resources: {
        Kept: { ...parameter('x'), Properties: { Type: 'String', Value: 'x', Name }, DeletionPolicy: 'Retain' }, Other: parameter('x'),
      } },
    )
    world.removeLater(`parameter ${Name}`, () => world.aws.ssm.deleteParameter({ Name }))
    await changeStack(world, StackName, { Resources: { Other: parameter('x') } })

    assert.equal((await world.aws.ssm.getParameter({ Name })).Parameter!.Value, 'x')
  }),
  ...physicalIds(),
])

/** One stack with the types whose ids the sheet tells of. */
function physicalIds() {
  const document = {
    Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  }
  const typed = (world: World) => world.once('stack types', async () => {
    const made = await makeStack(world, 'types', {
      Resources: {
        Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: document } },
        Policy: {
          Type: 'AWS::IAM::Policy',
          Properties: {
            PolicyName: 'own', Roles: [ref('Role')],
            PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' }] },
          },
        },
        Function: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            Runtime: 'nodejs22.x', Handler: 'index.handler', Role: att('Role', 'Arn'), Code: { ZipFile: 'exports.handler = async () => 1' },
          },
        },
        Permission: {
          Type: 'AWS::Lambda::Permission',
          Properties: { FunctionName: ref('Function'), Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com' },
        },
        Table: table(), Logs: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 1 } },
      },
      Outputs: {
        ...Object.fromEntries(['Role', 'Policy', 'Function', 'Permission', 'Table', 'Logs'].map((id) => [id, { Value: ref(id) }])),
        FunctionArn: { Value: att('Function', 'Arn') },
      },
    })
    assert.equal(made.status, 'CREATE_COMPLETE')
    return made
  })
  const queues = (world: World) => world.once('stack queues', async () => {
    const { FunctionName } = await worker(world)
    const made = await makeStack(world, 'queues', {
      Resources: {
        Queue: { Type: 'AWS::SQS::Queue' },
        Mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName, EventSourceArn: att('Queue', 'Arn') } },
      },
      Outputs: { Queue: { Value: ref('Queue') }, Name: { Value: att('Queue', 'QueueName') }, Arn: { Value: att('Queue', 'Arn') }, Mapping: { Value: ref('Mapping') } },
    })
    assert.equal(made.status, 'CREATE_COMPLETE')
    return made
  })
  return [
    fact('G2.11', 'O', 'a function is STACK-Logical- and 12 characters, at most 64; Ref is its name', 'LS-cfn', JAN, async (world) => {
      const { outputs, StackName } = await typed(world)
      assert.match(outputs.Function!, new RegExp(`^${StackName}-Function-[A-Za-z0-9]{12}$`))
      assert.equal(outputs.FunctionArn, `arn:aws:lambda:${world.cloud.region}:${world.cloud.account}:function:${outputs.Function}`)
    }),
    fact('G2.12', 'D', 'a permission\'s id is its Sid', 'CFNDOC', DOCS, async (world) => {
      const { outputs } = await typed(world)
      const { Policy } = await world.aws.lambda.getPolicy({ FunctionName: outputs.Function })
      assert.equal(JSON.parse(Policy!).Statement[0].Sid, outputs.Permission)
    }),
    fact('G2.13', 'O', 'Ref of a role is its name', 'LS-cfn', JAN, async (world) => {
      const { outputs } = await typed(world)
      assert.equal((await world.aws.iam.getRole({ RoleName: outputs.Role })).Role!.RoleName, outputs.Role)
    }),
    fact('G2.13', 'U', 'a policy is named Stac-Logi- and 12 characters', 'none', DOCS, async (world) => {
      assert.match((await typed(world)).outputs.Policy!, /^[A-Za-z-]{4}-Poli-[A-Za-z0-9]{12}$/)
    }),
    fact('G2.14', 'D', 'Ref of a table is its name', 'CFNDOC', DOCS, async (world) => {
      const { outputs, StackName } = await typed(world)
      assert.match(outputs.Table!, new RegExp(`^${StackName}-Table-[A-Za-z0-9]+$`))
      assert.ok((await world.aws.dynamodb.describeTable({ TableName: outputs.Table })).Table)
    }),
    fact('G2.15', 'O', 'Ref of a queue is its URL, its name is STACK-Logical- and 12 characters', 'CFNDOC', DOCS, async (world) => {
      const { outputs, StackName } = await queues(world)
      const { region, account } = world.cloud
      assert.match(outputs.Name!, new RegExp(`^${StackName}-Queue-[A-Za-z0-9]{12}$`))
      assert.deepEqual([outputs.Queue, outputs.Arn], [`https://sqs.${region}.amazonaws.com/${account}/${outputs.Name}`, `arn:aws:sqs:${region}:${account}:${outputs.Name}`])
    }),
    fact('G2.16', 'D', 'Ref of an event source mapping is a UUID', 'CFNDOC', DOCS, async (world) => {
      const { outputs } = await queues(world)
      const { EventSourceArn, State } = await world.aws.lambda.getEventSourceMapping({ UUID: outputs.Mapping })
      assert.deepEqual([EventSourceArn, State], [outputs.Arn, 'Enabled'])
    }),
    fact('G2.17', 'O', 'a log group without a name has a generated one, without /aws/lambda/', 'LS-cfn', JAN, async (world) => {
      const { outputs, StackName } = await typed(world)
      assert.match(outputs.Logs!, new RegExp(`^${StackName}-Logs-[A-Za-z0-9]{12}$`))
    }),
  ]
}
