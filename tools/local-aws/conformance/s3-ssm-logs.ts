import assert from 'node:assert/strict'
import { eventSourceFacts } from './event-sources.ts'
import { fact, section } from './fact.ts'
import { call } from './harness/http.ts'
import { refusal } from './harness/sdk.ts'
import type { World } from './harness/world.ts'
import { queueFacts } from './queues.ts'

const DOCS = '2026-11'
const TAIL = '2026-09-22'

/** A bucket of the run's own, with one object. */
const bucket = (world: World) => world.once('bucket', async () => {
  const { aws, name, removeLater, cloud } = world
  const Bucket = name('bucket')
  await aws.s3.createBucket({
    Bucket, ...cloud.region !== 'us-east-1' && { CreateBucketConfiguration: { LocationConstraint: cloud.region as 'eu-west-1' } }
  })
  removeLater(`bucket ${Bucket}`, async () => {
    const { Contents = [] } = await aws.s3.listObjectsV2({ Bucket })
    for (const { Key } of Contents) await aws.s3.deleteObject({ Bucket, Key })
    await aws.s3.deleteBucket({ Bucket })
  })
  await aws.s3.putObject({ Bucket, Key: 'assets/one.json', Body: '{"a":1}' })
  return Bucket
})

/** A log group with events of known times. */
const logGroup = (world: World) => world.once('log group', async () => {
  const { aws, name, removeLater } = world
  const logGroupName = name('group')
  await aws.logs.createLogGroup({ logGroupName })
  removeLater(`log group ${logGroupName}`, () => aws.logs.deleteLogGroup({ logGroupName }))
  const now = Date.now()
  for (const [logStreamName, offset] of [['b', 0], ['a', 1]] as const) {
    await aws.logs.createLogStream({ logGroupName, logStreamName })
    await aws.logs.putLogEvents({
      logGroupName, logStreamName,
      logEvents: [0, 2, 4].map((step) => ({ timestamp: now - 60_000 + step + offset, message: `${logStreamName}${step}\n` })),
    })
  }
  return logGroupName
})

export const s3SsmLogs = section('H S3, SSM, SQS, Logs', [
  fact('H.1', 'D', 'S3: path style works; a missing bucket and a missing key; HEAD has no body', 'BOTO', DOCS, async (world) => {
    const { aws } = world
    const Bucket = await bucket(world)
    const noBucket = await refusal(aws.s3.getObject({ Bucket: world.name('absent'), Key: 'k' }))
    const noKey = await refusal(aws.s3.getObject({ Bucket, Key: 'absent' }))
    const head = await refusal(aws.s3.headObject({ Bucket, Key: 'absent' }))

    assert.equal(await (await aws.s3.getObject({ Bucket, Key: 'assets/one.json' })).Body!.transformToString(), '{"a":1}')
    assert.deepEqual([noBucket.status, noBucket.name, noBucket.message], [404, 'NoSuchBucket', 'The specified bucket does not exist'])
    assert.deepEqual([noKey.status, noKey.name], [404, 'NoSuchKey'])
    assert.deepEqual([head.status, head.name], [404, 'NotFound'])
  }),
  fact('H.1', 'M', 'S3: the location of us-east-1 is empty, encryption is AES256, ListObjectsV2 finds by prefix',
    'CDKCLI', DOCS, async (world) => {
    const { aws, cloud } = world
    const Bucket = await bucket(world)
    const { LocationConstraint } = await aws.s3.getBucketLocation({ Bucket })
    const { ServerSideEncryptionConfiguration } = await aws.s3.getBucketEncryption({ Bucket })
    const { Contents, KeyCount } = await aws.s3.listObjectsV2({ Bucket, Prefix: 'assets/' })

    assert.equal(LocationConstraint, cloud.region === 'us-east-1' ? undefined : cloud.region)
    assert.equal(ServerSideEncryptionConfiguration!.Rules![0]!.ApplyServerSideEncryptionByDefault!.SSEAlgorithm, 'AES256')
    assert.deepEqual([KeyCount, Contents![0]!.Key], [1, 'assets/one.json'])
  }),
  fact('H.2', 'O', 'SSM: GetParameter shows these members', 'LS ssm', '2026-01', async (world) => {
    const { aws, cloud, name, removeLater } = world
    const Name = `/${name('parameter')}/version`
    await aws.ssm.putParameter({ Name, Value: '30', Type: 'String' })
    removeLater(`parameter ${Name}`, () => aws.ssm.deleteParameter({ Name }))
    const { LastModifiedDate, ...rest } = (await aws.ssm.getParameter({ Name })).Parameter!

    assert.ok(LastModifiedDate instanceof Date)
    assert.deepEqual(
      rest,
      {
        Name, Type: 'String', Value: '30', Version: 1, ARN: `arn:aws:ssm:${cloud.region}:${cloud.account}:parameter${Name}`,
        DataType: 'text',
      },
    )
  }),
  fact('H.2', 'O', 'SSM: a missing parameter is 400 ParameterNotFound with an empty message', 'LS ssm', '2026-01', async (world) => {
    const { status, body } = await call(
      world, { service: 'ssm' },
      {
        method: 'POST', body: '{"Name":"/absent/parameter"}',
        headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AmazonSSM.GetParameter' },
      },
    )
    const { __type, message } = JSON.parse(body)

    assert.deepEqual([status, String(__type).replace(/^.*#/, ''), message ?? ''], [400, 'ParameterNotFound', ''])
  }),
  ...eventSourceFacts,
  fact('H.7', 'O', 'Logs: FilterLogEvents shows these members, oldest first', 'LS-logs, CAP-TAIL', TAIL, async (world) => {
    const logGroupName = await logGroup(world)
    const { events = [], searchedLogStreams } = await world.eventually('the events are there', async () => {
      const found = await world.aws.logs.filterLogEvents({ logGroupName })
      return found.events!.length === 6 && found
    })

    assert.deepEqual(events.map(({ message }) => message), ['b0\n', 'a0\n', 'b2\n', 'a2\n', 'b4\n', 'a4\n'])
    assert.deepEqual(Object.keys(events[0]!).toSorted(), ['eventId', 'ingestionTime', 'logStreamName', 'message', 'timestamp'])
    assert.deepEqual(searchedLogStreams, [])
  }),
  fact('H.7', 'O', 'Logs: a limit of 10,001, a bad token, a missing group', 'LS-logs', '2026-01', async (world) => {
    const { logs } = world.aws
    const logGroupName = await logGroup(world)
    const limit = await refusal(logs.filterLogEvents({ logGroupName, limit: 10_001 }))
    const token = await refusal(logs.filterLogEvents({ logGroupName, nextToken: 'bad' }))
    const group = await refusal(logs.filterLogEvents({ logGroupName: world.name('absent') }))

    assert.equal(limit.name, 'InvalidParameterException')
    assert.match(limit.message, /Value '10001' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 10000/)
    assert.equal(token.message, 'The specified nextToken is invalid.')
    assert.deepEqual(
      [group.status, group.name, group.message], [400, 'ResourceNotFoundException', 'The specified log group does not exist.'],
    )
  }),
  ...queueFacts,
])
