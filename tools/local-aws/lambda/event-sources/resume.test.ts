import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { describe, it } from 'node:test'
import { IAM } from '@aws-sdk/client-iam'
import { Lambda } from '@aws-sdk/client-lambda'
import { SQS } from '@aws-sdk/client-sqs'
import { startTestCloud } from '../../testing.ts'
import { zipOf } from '../testing.ts'

const TRUST = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}}'
/** Sends what it gets on to another queue, whose address is that of AWS. */
const CODE = `const { SQSClient, SendMessageCommand } = require('@aws-sdk/client-sqs')
exports.handler = ({ Records }) => new SQSClient().send(new SendMessageCommand({ QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/out', MessageBody: Records[0].body }))`

describe('an event source mapping', () => {
  it('goes on in the next process, with messages that were sent before', async () => {
    const state = await mkdtemp(path.join(os.tmpdir(), 'local-aws-'))
    const first = await startTestCloud({ state })
    const iam = new IAM(first.client)
    const lambda = new Lambda(first.client)
    const sqs = new SQS(first.client)
    const { Role } = await iam.createRole({ RoleName: 'worker', AssumeRolePolicyDocument: TRUST })
    await iam.putRolePolicy({ RoleName: 'worker', PolicyName: 'own', PolicyDocument: '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["sqs:*","logs:*"],"Resource":"*"}}' })
    await lambda.createFunction({ FunctionName: 'worker', Role: Role!.Arn, Runtime: 'nodejs22.x', Handler: 'index.handler', Code: { ZipFile: zipOf({ 'index.js': CODE }) }, Timeout: 10 })
    for (const QueueName of ['in', 'out']) await sqs.createQueue({ QueueName })
    // Nothing is received in the first process.
    first.faults.set({ kind: 'throttle', service: 'sqs', operation: 'ReceiveMessage' })
    await lambda.createEventSourceMapping({ EventSourceArn: 'arn:aws:sqs:us-east-1:000000000000:in', FunctionName: 'worker' })
    await sqs.sendMessage({ QueueUrl: `${first.url}/000000000000/in`, MessageBody: 'kept' })
    await first.stop()

    const second = await startTestCloud({ state })
    const { Messages } = await new SQS(second.client).receiveMessage({ QueueUrl: `${second.url}/000000000000/out`, WaitTimeSeconds: 15 })
    await second.stop()
    await rm(state, { recursive: true, force: true })

    assert.equal(Messages?.[0]?.Body, 'kept')
  })
})
