import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { root } from '../lib/paths.ts'
import { verify, type Report } from './index.ts'
import { render } from './render.ts'
import { buildByHand, handlerOf, testAws } from './testing.ts'

const statuses = ({ steps }: Report) => steps.map(({ status }) => status)

describe('verify', () => {
  let parts: Awaited<ReturnType<typeof testAws>>
  beforeEach(async () => { parts = await testAws() })
  afterEach(() => parts.stop())

  const left = async (apiId: string) => {
    const { Items: stages = [] } = await parts.aws.apigatewayv2.getStages({ ApiId: apiId })
    const { Items: deployments = [] } = await parts.aws.apigatewayv2.getDeployments({ ApiId: apiId })
    const { Items: rows = [] } = await parts.aws.dynamodb.scan({ TableName: 'People' })
    return { stages: stages.map(({ StageName }) => StageName), deployments: deployments.length, rows: rows.map(({ connectionId }) => connectionId!.S) }
  }

  it('passes a chat made by hand with the seed\'s managed policies and names of its own, and leaves nothing behind', async () => {
    const { apiId } = await buildByHand(parts)

    const report = await verify({ cloud: parts.cloud, steps: [1, 2, 3, 4] })

    assert.deepEqual(statuses(report), ['pass', 'pass', 'pass', 'pass'], render(report))
    assert.deepEqual(await left(apiId), { stages: ['prod'], deployments: 1, rows: [] })
  })

  it('makes a stage of its own where there is none, and removes it', async () => {
    const { apiId } = await buildByHand(parts, { upTo: 3 })

    const report = await verify({ cloud: parts.cloud, steps: [1, 2, 3] })

    assert.deepEqual(statuses(report), ['pass', 'pass', 'pass'], render(report))
    assert.deepEqual(await left(apiId), { stages: [], deployments: 0, rows: [] })
  })

  it('leaves the rows of other people alone', async () => {
    const { apiId } = await buildByHand(parts)
    const other = await openAnother(parts.cloud.webSocketUrl(apiId, 'prod'))
    const before = await left(apiId)

    const report = await verify({ cloud: parts.cloud, steps: [1, 2, 3, 4] })

    assert.deepEqual(statuses(report), ['pass', 'pass', 'pass', 'pass'], render(report))
    assert.equal(before.rows.length, 1)
    assert.deepEqual(await left(apiId), before)
    assert.ok(other.frames.every((text) => /^(verify: hello |\{"text":"verify: hello )/.test(text)), other.frames.join('\n'))
    other.socket.close()
  })

  it('accepts a grant for the stage beta while there is no stage to try it on', async () => {
    const { apiId } = await buildByHand(parts, { upTo: 3 })
    await parts.aws.iam.detachRolePolicy({ RoleName: 'shout-role', PolicyArn: 'arn:aws:iam::aws:policy/AmazonAPIGatewayInvokeFullAccess' })
    await parts.aws.iam.putRolePolicy({
      RoleName: 'shout-role', PolicyName: 'post', PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'execute-api:ManageConnections', Resource: `arn:aws:execute-api:us-east-1:000000000000:${apiId}/beta/POST/@connections/*` }],
      }),
    })

    const report = await verify({ cloud: parts.cloud, steps: [2, 3] })

    assert.deepEqual(statuses(report), ['pass', 'pass'], render(report))
    assert.match(report.steps[0]!.checks.find(({ id }) => id === 'reaches-everyone')!.note!, /stage beta only/)
  })

  it('takes other ways to write the handlers: DocumentClient, posts one after the other, more in the row', async () => {
    await buildByHand(parts, { code: { connect: handlerOf(DOCUMENT_CLIENT_CONNECT), send: handlerOf(SEQUENTIAL_SEND) } })

    const report = await verify({ cloud: parts.cloud, steps: [1, 2, 3, 4] })

    assert.deepEqual(statuses(report), ['pass', 'pass', 'pass', 'pass'], render(report))
  })

  it('names the cause of a mistake in the deployed code, and never a file that was not deployed', async () => {
    const send = readFileSync(path.join(root, 'solutions/02-send-message/sendMessageToConnectedClient.ts'), 'utf8').replace('error instanceof GoneException', '(error as any).statusCode === 410')
    await buildByHand(parts, { code: { send: handlerOf(send) } })

    const report = await verify({ cloud: parts.cloud, steps: [1, 2] })

    assert.deepEqual(statuses(report), ['pass', 'fail'], render(report))
    const [cause] = report.steps[1]!.checks.find(({ status }) => status === 'fail')!.causes!
    assert.equal(cause?.id, 'status-code-410')
    assert.equal(cause?.at, undefined)
  })

  it('removes what it brought along when it is interrupted', async () => {
    const { apiId } = await buildByHand(parts, { upTo: 2 })
    const interrupted = new AbortController()

    const report = await verify({
      cloud: parts.cloud, steps: [1, 2], signal: interrupted.signal,
      tell: (progress) => { if (progress.kind === 'check' && /page by page/.test(progress.title)) setTimeout(() => interrupted.abort(), 40) },
    })

    assert.equal(report.steps[1]!.status, 'not-reached', render(report))
    assert.deepEqual(await left(apiId), { stages: [], deployments: 0, rows: [] })
  })

  it('says that it could not look, where a call of its own fails', async () => {
    await buildByHand(parts, { upTo: 1 })
    parts.local.faults.set({ kind: 'deny', action: 'dynamodb:DescribeTable' })

    const { steps: [step] } = await verify({ cloud: parts.cloud, steps: [1] })

    const failed = step!.checks.find(({ status }) => status === 'fail')!
    assert.match(failed.evidence!.seen, /^verify works as arn:aws:iam::000000000000:user\/workshop, which may not look: .*dynamodb:DescribeTable/)
    assert.equal(failed.evidence!.broken!.name, 'AccessDeniedException')
    assert.deepEqual(failed.causes, [])
  })
})

async function openAnother(url: string) {
  const { WebSocket } = await import('ws')
  const socket = new WebSocket(url)
  const frames: string[] = []
  socket.on('message', (data) => { frames.push(String(data)) })
  await new Promise((resolve, reject) => { socket.once('open', resolve).once('error', reject) })
  return { socket, frames }
}

const DOCUMENT_CLIENT_CONNECT = `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'
const documents = DynamoDBDocumentClient.from(new DynamoDBClient())
exports.handler = async ({ requestContext }) => {
  const expiresAt = Math.floor(Date.now() / 1000) + 7200
  await documents.send(new PutCommand({ TableName: process.env.TABLE_NAME, Item: { connectionId: requestContext.connectionId, expiresAt } }))
  return { statusCode: 204 }
}
`

const SEQUENTIAL_SEND = `
import { ApiGatewayManagementApi } from '@aws-sdk/client-apigatewaymanagementapi'
import { DynamoDB } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb'
const documents = DynamoDBDocument.from(new DynamoDB())
exports.handler = async (event) => {
  let data
  try { data = JSON.parse(event.body).data } catch { return { statusCode: 400 } }
  if (data === undefined) return { statusCode: 400 }
  const { domainName, stage } = event.requestContext
  const api = new ApiGatewayManagementApi({ endpoint: 'https://' + domainName + '/' + stage })
  let ExclusiveStartKey
  do {
    const page = await documents.scan({ TableName: process.env.TABLE_NAME, ExclusiveStartKey })
    for (const { connectionId } of page.Items) {
      try {
        await api.postToConnection({ ConnectionId: connectionId, Data: Buffer.from(typeof data === 'string' ? data : JSON.stringify(data)) })
      } catch (error) {
        if (![400, 410].includes(error.$metadata?.httpStatusCode)) throw error
        await documents.delete({ TableName: process.env.TABLE_NAME, Key: { connectionId } })
      }
    }
    ExclusiveStartKey = page.LastEvaluatedKey
  } while (ExclusiveStartKey)
  return { statusCode: 200, body: 'Data sent.' }
}
`
