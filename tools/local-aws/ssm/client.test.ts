import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { GetParameterCommand, ParameterNotFound, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { startTestCloud } from '../testing.ts'

describe('the parameter store through the SDK client', () => {
  let aws: Awaited<ReturnType<typeof startTestCloud>>
  let client: SSMClient
  before(async () => {
    aws = await startTestCloud()
    client = new SSMClient(aws.client)
  })
  after(async () => {
    client.destroy()
    await aws.stop()
  })

  it('has what cdk bootstrap leaves', async () => {
    const { Parameter } = await client.send(new GetParameterCommand({ Name: '/cdk-bootstrap/hnb659fds/version' }))

    assert.ok(Number(Parameter?.Value) >= 8)
  })

  it('answers a parameter with its date', async () => {
    await client.send(new PutParameterCommand({ Name: '/chat/motto', Value: 'Ground Control', Type: 'String' }))

    const { Parameter } = await client.send(new GetParameterCommand({ Name: '/chat/motto' }))

    assert.equal(Parameter?.Value, 'Ground Control')
    assert.ok(Parameter?.LastModifiedDate instanceof Date)
  })

  it('throws ParameterNotFound', async () => {
    await assert.rejects(client.send(new GetParameterCommand({ Name: 'nothing' })), (error) => error instanceof ParameterNotFound && error.$metadata.httpStatusCode === 400)
  })
})
