import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import type { Input, OperationName, Output, Principal, ServiceName } from '../../service.ts'
import { testCloud } from '../../testing.ts'
import { openStacks } from '../state.ts'
import { eventLines } from '../testing.ts'

const NAME = 'chat-bucket'
const bucket = (more: object = {}) => ({ Type: 'AWS::S3::Bucket', Properties: { BucketName: NAME, ...more } })
const rule = (Id: string) => ({ Id, Status: 'Enabled', ExpirationInDays: 7 })
const deny = (Condition: object) => ({
  Type: 'AWS::S3::BucketPolicy',
  Properties: {
    Bucket: { Ref: 'Bucket' },
    PolicyDocument: {
      Version: '2012-10-17', Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: { 'Fn::Sub': '${Bucket.Arn}/*' }, Condition }],
    },
  },
})
const WITHOUT_TLS = { Bool: { 'aws:SecureTransport': 'false' } }

describe('buckets of a template', () => {
  let aws: Awaited<ReturnType<typeof testCloud>>
  let ada: Principal
  beforeEach(async () => {
    aws = await testCloud()
    aws.cloud.authority.ensureAdministrator(aws.place.account, 'ada', { accessKeyId: 'AKIAADA', secretAccessKey: 'x' })
    ada = aws.cloud.authority.credential('AKIAADA')!.principal
  })
  afterEach(() => aws.stop())

  const call = <S extends ServiceName, O extends OperationName<S>>(service: S, operation: O, input: Input<S, O>): Promise<Output<S, O>> =>
    aws.cloud.call(service, operation, input, ada, aws.place)
  const put = () => call('s3', 'PutObject', { Bucket: NAME, Key: 'k', Body: Buffer.from('x') })

  async function deploy(Resources: object) {
    const operation = openStacks(aws.cloud, aws.place).find('S') ? 'UpdateStack' : 'CreateStack'
    const { StackId } = await call('cloudformation', operation, { StackName: 'S', TemplateBody: JSON.stringify({ Resources }) })
    await call('cloudformation', 'DescribeStacks', { StackName: StackId })
    const stack = openStacks(aws.cloud, aws.place).get(StackId)
    assert.match(stack.status, /^(CREATE|UPDATE)_COMPLETE$/, eventLines(stack).join('\n'))
    return stack
  }

  it('keep their objects as long as it says, until it no longer says so', async () => {
    await deploy({ Bucket: bucket({ LifecycleConfiguration: { Rules: [rule('a'), { ...rule('b'), Prefix: 'b/' }] } }) })
    const { Rules } = await call('s3', 'GetBucketLifecycleConfiguration', { Bucket: NAME })
    await deploy({ Bucket: bucket() })

    assert.deepEqual(Rules?.map(({ ID, Filter, Expiration }) => [ID, Filter?.Prefix, Expiration?.Days]), [['a', '', 7], ['b', 'b/', 7]])
    await assert.rejects(call('s3', 'GetBucketLifecycleConfiguration', { Bucket: NAME }), { name: 'NoSuchLifecycleConfiguration' })
  })

  it('lock nobody out who must come over TLS: each request counts as such', async () => {
    await deploy({ Bucket: bucket(), Policy: deny(WITHOUT_TLS) })

    await put()
  })

  it('deny what their policy denies, and no more once it is gone', async () => {
    const { resources: { Policy } } = await deploy({ Bucket: bucket(), Policy: deny({ StringEquals: { 'aws:ResourceAccount': aws.place.account } }) })
    await assert.rejects(put(), { name: 'AccessDenied', message: /with an explicit deny in a resource-based policy/ })
    await deploy({ Bucket: bucket() })

    assert.equal(Policy?.physicalId, NAME)
    await put()
  })

  it('have one policy only', async () => {
    const policy = deny(WITHOUT_TLS)
    await call('s3', 'CreateBucket', { Bucket: NAME })
    await call('s3', 'PutBucketPolicy', { Bucket: NAME, Policy: JSON.stringify({ Version: '2012-10-17', Statement: [] }) })
    const { StackId } = await call('cloudformation', 'CreateStack', {
      StackName: 'S', TemplateBody: JSON.stringify({ Resources: { Policy: { ...policy, Properties: { ...policy.Properties, Bucket: NAME, PolicyDocument: {} } } } }),
    })
    await call('cloudformation', 'DescribeStacks', { StackName: StackId })

    assert.equal(openStacks(aws.cloud, aws.place).get(StackId).status, 'ROLLBACK_COMPLETE')
    assert.equal((await call('s3', 'GetBucketPolicy', { Bucket: NAME })).Policy, '{"Version":"2012-10-17","Statement":[]}')
  })

  it('say which of their settings are not built', async () => {
    const { StackId } = await call('cloudformation', 'CreateStack', {
      StackName: 'S', TemplateBody: JSON.stringify({ Resources: { Bucket: bucket({ AccessControl: 'PublicRead' }) } }),
    })
    await call('cloudformation', 'DescribeStacks', { StackName: StackId })

    assert.ok(eventLines(openStacks(aws.cloud, aws.place).get(StackId)).some((line) => line.includes("The bucket's AccessControl PublicRead is not built")))
  })
})
