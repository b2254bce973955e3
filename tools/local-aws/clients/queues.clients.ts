import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { Lambda } from '@aws-sdk/client-lambda'
import { SQS } from '@aws-sdk/client-sqs'
import { cdkEnvironment } from '../../kit/cdk-environment.ts'
import { localCloud } from '../../lib/cloud.ts'
import { startTestCloud } from '../testing.ts'
import { openAwscli } from './awscli.ts'
import { cdkWorkbench } from './cdk-workbench.ts'
import { emptyHome, PATIENCE_MS } from './client-process.ts'
import { writePackage } from './package-file.ts'
import { runChecks } from './python-checks.ts'

const TRUST = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] })
/** Fails for what is `bad`; what is good goes on to another queue. */
const WORKER = `const { SQSClient, SendMessageCommand } = require('@aws-sdk/client-sqs')
exports.handler = async ({ Records: [{ body }] }) => {
  if (body === 'bad') throw new Error(body)
  await new SQSClient().send(new SendMessageCommand({ QueueUrl: process.env.DONE_URL, MessageBody: body }))
}`

/** One story, told in order: each test goes on where the one before it ended. */
describe('awscli with queues', { timeout: PATIENCE_MS }, () => {
  let local: Awaited<ReturnType<typeof startTestCloud>>
  let home: Awaited<ReturnType<typeof emptyHome>>
  let { aws, refused } = {} as ReturnType<typeof openAwscli>
  const urls: Record<string, string> = {}
  const arnOf = (name: string) => `arn:aws:sqs:${local.region}:${local.account}:${name}`
  const bodiesIn = async (url: string) => ((await aws`sqs receive-message --queue-url ${url} --wait-time-seconds 10`)?.Messages ?? []).map(({ Body }: { Body: string }) => Body)

  before(async () => {
    [local, home] = await Promise.all([startTestCloud(), emptyHome()]);
    ({ aws, refused } = openAwscli(local, home.folder))
  })
  after(async () => {
    await local?.stop()
    await home?.remove()
  })

  it('makes queues, one for dead letters among them', async () => {
    await Promise.all(['dead', 'done'].map(async (name) => { urls[name] = (await aws`sqs create-queue --queue-name ${name}`).QueueUrl }))
    const attributes = JSON.stringify({ VisibilityTimeout: '1', RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf('dead'), maxReceiveCount: 2 }) })
    urls.work = (await aws`sqs create-queue --queue-name work --attributes ${attributes}`).QueueUrl

    const { Attributes } = await aws`sqs get-queue-attributes --queue-url ${urls.work!} --attribute-names All`

    assert.equal(urls.work, `${local.url}/${local.account}/work`)
    assert.equal(Attributes.QueueArn, arnOf('work'))
    assert.equal(Attributes.RedrivePolicy, JSON.stringify({ deadLetterTargetArn: arnOf('dead'), maxReceiveCount: 2 }))
  })

  it('sends and receives', async () => {
    const { MD5OfMessageBody } = await aws`sqs send-message --queue-url ${urls.done!} --message-body hello`
    const { Messages } = await aws`sqs receive-message --queue-url ${urls.done!} --attribute-names All`
    await aws`sqs delete-message --queue-url ${urls.done!} --receipt-handle ${Messages[0].ReceiptHandle}`

    assert.equal(MD5OfMessageBody, '5d41402abc4b2a76b9719d911017c592')
    assert.equal(Messages[0].Body, 'hello')
  })

  it('gives a worker to a queue, which does its work, and buries what it cannot do', async () => {
    const zip = await writePackage(home.folder, 'worker', WORKER)
    const { Role } = await aws`iam create-role --role-name worker --assume-role-policy-document ${TRUST}`
    await aws`iam attach-role-policy --role-name worker --policy-arn arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole`
    const environment = JSON.stringify({ Variables: { DONE_URL: `https://sqs.${local.region}.amazonaws.com/${local.account}/done` } })
    await aws`lambda create-function --function-name worker --runtime nodejs22.x --handler index.handler --timeout 1 --role ${Role.Arn} --zip-file fileb://${zip} --environment ${environment}`
    const denied = await refused`lambda create-event-source-mapping --function-name worker --event-source-arn ${arnOf('work')}`
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }] })
    await aws`iam put-role-policy --role-name worker --policy-name queues --policy-document ${policy}`

    const mapping = await aws`lambda create-event-source-mapping --function-name worker --event-source-arn ${arnOf('work')} --batch-size 1`
    await aws`sqs send-message-batch --queue-url ${urls.work!} --entries Id=a,MessageBody=good Id=b,MessageBody=bad`

    assert.equal(denied, 'An error occurred (InvalidParameterValueException) when calling the CreateEventSourceMapping operation: The provided execution role does not have permissions to call ReceiveMessage on SQS')
    assert.equal(mapping.State, 'Creating')
    assert.deepEqual(await Promise.all([bodiesIn(urls.done!), bodiesIn(urls.dead!)]), [['good'], ['bad']])
    const { EventSourceMappings } = await aws`lambda list-event-source-mappings --function-name worker`
    assert.deepEqual(EventSourceMappings.map(({ State }: { State: string }) => State), ['Enabled'])
    await aws`lambda delete-event-source-mapping --uuid ${mapping.UUID}`
  })

  it('says what AWS says', async () => {
    assert.equal(await refused`sqs get-queue-url --queue-name none`,
      'An error occurred (AWS.SimpleQueueService.NonExistentQueue) when calling the GetQueueUrl operation: The specified queue does not exist for this wsdl version.')
  })
})

/** What the CDK's own documentation shows of queues: constructs of the second level, nothing else. */
const APP = `import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib'
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda'
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources'
import { Queue } from 'aws-cdk-lib/aws-sqs'

const stack = new Stack(new App(), 'QueueStack')
const done = new Queue(stack, 'Done')
const dead = new Queue(stack, 'Dead')
const work = new Queue(stack, 'Work', { visibilityTimeout: Duration.seconds(2), enforceSSL: true, deadLetterQueue: { queue: dead, maxReceiveCount: 1 } })
const worker = new Function(stack, 'Worker', {
  runtime: Runtime.NODEJS_22_X, handler: 'index.handler', timeout: Duration.seconds(2), environment: { DONE_URL: done.queueUrl }, code: Code.fromAsset('worker'),
})
worker.addEventSource(new SqsEventSource(work, { reportBatchItemFailures: true, maxConcurrency: 2 }))
done.grantSendMessages(worker)
for (const [name, queue] of Object.entries({ done, dead, work })) new CfnOutput(stack, name, { value: queue.queueUrl })
`
/** Tells which of a batch failed; the others go on. */
const REPORTING_WORKER = `const { SQSClient, SendMessageCommand } = require('@aws-sdk/client-sqs')
const sqs = new SQSClient()
exports.handler = async ({ Records }) => {
  const good = Records.filter(({ body }) => body !== 'bad')
  await Promise.all(good.map(({ body }) => sqs.send(new SendMessageCommand({ QueueUrl: process.env.DONE_URL, MessageBody: body }))))
  return { batchItemFailures: Records.filter((record) => !good.includes(record)).map(({ messageId }) => ({ itemIdentifier: messageId })) }
}`

describe("the CDK's command line with queues", { timeout: PATIENCE_MS }, () => {
  it('deploys a worker with a queue and another for dead letters, and leaves nothing of them', async () => {
    const [local, home] = await Promise.all([startTestCloud(), emptyHome()])
    const sqs = new SQS(local.client)
    const lambda = new Lambda(local.client)
    try {
      const cdk = await cdkWorkbench(local, home.folder, cdkEnvironment(localCloud(local)))
      await writeFile(path.join(home.folder, 'app.ts'), APP)
      await mkdir(path.join(home.folder, 'worker'))
      await writeFile(path.join(home.folder, 'worker', 'index.js'), REPORTING_WORKER)

      const deployed = await cdk.run('deploy', '--require-approval', 'never')
      assert.equal(deployed.code, 0, deployed.printed)
      const urlOf = (name: string) => new RegExp(`QueueStack\\.${name} = (\\S+)`).exec(deployed.printed)![1]!
      const bodiesIn = async (name: string, count: number) => {
        const bodies: string[] = []
        while (bodies.length < count) {
          const { Messages = [] } = await sqs.receiveMessage({ QueueUrl: urlOf(name), WaitTimeSeconds: 10, MaxNumberOfMessages: 10 })
          if (Messages.length === 0) break
          bodies.push(...Messages.map(({ Body }) => Body!))
        }
        return bodies.toSorted()
      }
      await sqs.sendMessageBatch({ QueueUrl: urlOf('work'), Entries: ['one', 'bad', 'two'].map((MessageBody, index) => ({ Id: `${index}`, MessageBody })) })

      assert.deepEqual(await bodiesIn('done', 2), ['one', 'two'])
      assert.deepEqual(await bodiesIn('dead', 1), ['bad'])
      const destroyed = await cdk.run('destroy', '--force')
      assert.equal(destroyed.code, 0, destroyed.printed)
      assert.deepEqual((await lambda.listEventSourceMappings()).EventSourceMappings, [])
      assert.equal((await sqs.listQueues()).QueueUrls, undefined)
    } finally {
      sqs.destroy()
      lambda.destroy()
      await local.stop()
      await home.remove()
    }
  })
})

describe('boto3 with queues', { timeout: PATIENCE_MS }, () => {
  it('sends, receives, and meets the errors that its classes promise', async (test) => {
    const [local, home] = await Promise.all([startTestCloud(), emptyHome()])
    try {
      await runChecks(test, 'boto3_queue.py', { local, home: home.folder })
    } finally {
      await local.stop()
      await home.remove()
    }
  })
})
