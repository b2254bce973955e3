import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openAws } from './aws.ts'
import { lookElsewhere } from './elsewhere.ts'
import { findChat } from './find.ts'
import { verify } from './index.ts'
import { testAws } from './testing.ts'

const TEMPLATE = JSON.stringify({ Resources: { Table: { Type: 'AWS::DynamoDB::Table', Properties: {
  BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
} } } })

describe('a chat that is elsewhere', () => {
  let parts: Awaited<ReturnType<typeof testAws>>
  before(async () => {
    parts = await testAws()
    const there = openAws({ ...parts.cloud, client: { ...parts.cloud.client, region: 'eu-west-1' } })
    await there.cloudformation.createStack({ StackName: 'ChatStack', TemplateBody: TEMPLATE })
    there.close()
    for (const name of ['bob', 'eve']) await parts.aws.cloudformation.createStack({ StackName: `ChatStack-${name}`, TemplateBody: TEMPLATE })
    await parts.aws.cloudformation.createStack({ StackName: 'Shop', TemplateBody: TEMPLATE })
  })
  after(() => parts.stop())

  const look = (more: object) => {
    const cloud = { ...parts.cloud, name: 'aws' as const, ...more }
    return lookElsewhere({ aws: parts.aws, cloud, chat: findChat({ aws: parts.aws, cloud }) })
  }

  it('is found in a region that other tools use, and under another suffix', async () => {
    assert.deepEqual(await look({ otherRegions: ['us-west-2', 'eu-west-1'] }), [
      'ChatStack is in eu-west-1: npm run use aws region=eu-west-1.',
      'In this region there is ChatStack-bob, ChatStack-eve: npm run use aws suffix=bob.',
    ])
  })

  it('is not looked for where there is a stack', async () => {
    assert.deepEqual(await look({ suffix: 'bob' }), [])
  })

  it('costs nothing but a moment where a region does not answer', async () => {
    parts.local.faults.set({ kind: 'deny', action: 'cloudformation:DescribeStacks' }, 'deny')
    try {
      assert.deepEqual(await look({ otherRegions: ['eu-west-1'] }), [])
    } finally {
      parts.local.faults.remove('deny')
    }
  })

  it('is told with the first failure, as evidence and as the cause before all others', async () => {
    const { steps: [step] } = await verify({ cloud: { ...parts.cloud, name: 'aws', otherRegions: ['eu-west-1'] }, steps: [1], patient: false })

    const { evidence, causes } = step!.checks.find(({ status }) => status === 'fail')!
    assert.match(evidence!.seen, /^There is no WebSocket API "My Chat API", and no stack ChatStack\. ChatStack is in eu-west-1: npm run use aws region=eu-west-1\./)
    assert.equal(evidence!.elsewhere!.length, 2)
    assert.deepEqual(causes!.map(({ id }) => id), ['deployed-elsewhere', 'no-api'])
  })
})
