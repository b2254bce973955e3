import assert from 'node:assert/strict'
import { it } from 'node:test'
import { findChat } from '../verify/find.ts'
import { testAws } from '../verify/testing.ts'
import { chatUrl } from './wscat.ts'
import { notDeployed } from './not-deployed.ts'

const TEMPLATE = JSON.stringify({ Resources: { Group: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 1 } } } })

it('a chat that is looked for in vain is told of where it is', async () => {
  const parts = await testAws()
  try {
    const cloud = { ...parts.cloud, suffix: 'ada' }
    const chat = findChat({ aws: parts.aws, cloud })
    assert.deepEqual((await notDeployed('It', { aws: parts.aws, cloud, chat })).failure, { what: 'It is not deployed.', where: 'local, region us-east-1, suffix ada', next: 'npm run deploy' })

    await parts.aws.cloudformation.createStack({ StackName: 'ChatStack-bob', TemplateBody: TEMPLATE })

    await assert.rejects(chatUrl(cloud), /Your API is not deployed\. In this region there is ChatStack-bob: npm run use local suffix=bob\./)
  } finally {
    await parts.stop()
  }
})
