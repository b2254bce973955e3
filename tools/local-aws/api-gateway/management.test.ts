import assert from 'node:assert/strict'
import { Agent, request } from 'node:http'
import { after, before, describe, it } from 'node:test'
import { ApiGatewayManagementApiClient, GetConnectionCommand, GoneException, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi'
import { startGateway, until, type RawAnswer } from './gateway-testing.ts'
import { newConnectionId, newMessageId } from './ids.ts'

const ADMIN = { accessKeyId: 'AKIAWORKSHOPADMIN000', secretAccessKey: 'admin-secret' }
let gateway: Awaited<ReturnType<typeof startGateway>>

before(async () => {
  gateway = await startGateway({ functions: { bye: () => ({ statusCode: 200 }), slow: () => new Promise(() => {}) } })
  gateway.cloud.authority.ensureAdministrator('444455556666', 'stranger', { accessKeyId: 'AKIAFOREIGNADMIN0000', secretAccessKey: 'foreign-secret' })
})
after(() => gateway.stop())

async function connected({ userAgent }: { userAgent?: string } = {}) {
  const { apiId, url } = await gateway.api({ $default: { mock: true }, $disconnect: { function: 'bye' } })
  const client = await gateway.open(url, userAgent ? { headers: { 'User-Agent': userAgent } } : {})
  return { apiId, url, client, id: gateway.eventsOf('connection').findLast((event) => event.apiId === apiId)!.connectionId, stage: `${apiId}/beta` }
}
/** Header names in the order they came. */
const names = ({ rawHeaders }: RawAnswer) => rawHeaders.filter((_, index) => index % 2 === 0)

describe('POST /@connections/{id}', () => {
  it('B1.1 sends one text message and answers 200 with these headers', async () => {
    const { client, id, stage } = await connected()

    const answer = await gateway.manage('POST', stage, id, { body: 'hello' })

    assert.equal(await client.next(), 'hello')
    assert.equal(answer.status, 200)
    assert.equal(answer.body, '')
    assert.deepEqual(names(answer), ['Date', 'Content-Type', 'Content-Length', 'Connection', 'x-amzn-RequestId', 'x-amz-apigw-id', 'X-Amzn-Trace-Id'])
    assert.equal(answer.headers['content-type'], 'application/json')
    assert.match(String(answer.headers['x-amzn-requestid']), /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/)
    assert.match(String(answer.headers['x-amzn-trace-id']), /^Root=1-[\da-f]{8}-[\da-f]{24}$/)
  })

  it('B1.4 turns what is not UTF-8 into U+FFFD', async () => {
    const { client, id, stage } = await connected()

    await gateway.manage('POST', stage, id, { body: Buffer.concat([Buffer.from([0x00, 0xff, 0xfe, 0x80]), Buffer.from('native')]) })

    const heard = Buffer.from(await client.next())
    assert.equal(heard.length, 16)
    assert.equal(heard.toString(), '\u0000\ufffd\ufffd\ufffdnative')
  })

  it('B1.5 sends an empty frame for an empty body', async () => {
    const { client, id, stage } = await connected()

    assert.equal((await gateway.manage('POST', stage, id)).status, 200)

    assert.equal(await client.next(), '')
  })

  it('B1.6 takes the id raw and percent-encoded, and %40 for @', async () => {
    const { id, stage } = await connected()

    const encoded = await gateway.raw({ method: 'POST', path: `/${stage}/%40connections/${encodeURIComponent(id)}` })
    const raw = await gateway.raw({ method: 'POST', path: `/${stage}/@connections/${id}` })

    for (const answer of [encoded, raw]) assert.equal(answer.headers['x-amzn-errortype'], 'MissingAuthenticationTokenException')
  })

  it('B1.7 works through any stage of the API', async () => {
    const { client, id, apiId } = await connected()
    await gateway.control('CreateStage', { ApiId: apiId, StageName: 'other' })

    assert.equal((await gateway.manage('POST', `${apiId}/other`, id, { body: 'hello' })).status, 200)

    assert.equal(await client.next(), 'hello')
  })

  it('B4.1 B2.12 takes 131,072 bytes and no more; the connection survives', async () => {
    const { client, id, stage } = await connected()

    const largest = await gateway.manage('POST', stage, id, { body: 'x'.repeat(131_072) })
    const tooLarge = await gateway.manage('POST', stage, id, { body: 'x'.repeat(131_073) })

    assert.equal(largest.status, 200)
    assert.equal((await client.next()).length, 131_072)
    assert.equal(tooLarge.status, 413)
    assert.deepEqual(names(tooLarge), ['Date', 'Content-Length', 'Connection'])
    assert.equal(client.socket.readyState, client.socket.OPEN)
  })

  it('B2.4 B6.1 answers 410 while $connect is still deciding', async () => {
    const { apiId, url } = await gateway.api({ $connect: { function: 'slow', integration: { TimeoutInMillis: 200 } } })
    const opening = gateway.open(url)
    opening.catch(() => {})
    const mine = () => gateway.calls.find(({ event }) => event.requestContext.apiId === apiId)
    await until(() => mine() !== undefined, '$connect runs')

    assert.equal((await gateway.manage('POST', `${apiId}/beta`, mine()!.event.requestContext.connectionId)).status, 410)
    await assert.rejects(opening)
  })
})

describe('GET /@connections/{id}', () => {
  it('B1.2 B3.1 B3.3 describes the connection, byte for byte', async () => {
    const { client, id, stage } = await connected({ userAgent: 'my-client "1"' })
    client.send('hello')
    await client.settled()

    const { status, body } = await gateway.manage('GET', stage, id)

    assert.equal(status, 200)
    const { connectedAt, lastActiveAt } = JSON.parse(body)
    assert.equal(body, `{
  "identity" : {
    "sourceIp" : "127.0.0.1",
    "userAgent" : "my-client \\"1\\""
  },
  "connectedAt" : "${connectedAt}",
  "lastActiveAt" : "${lastActiveAt}"
}`)
    assert.match(connectedAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    assert.ok(lastActiveAt >= connectedAt)
  })

  it('B3.5 leaves userAgent out where the client sent none', async () => {
    const { id, stage } = await connected()

    assert.deepEqual(Object.keys(JSON.parse((await gateway.manage('GET', stage, id)).body).identity), ['sourceIp'])
  })
})

describe('DELETE /@connections/{id}', () => {
  it('B1.3 B1.9 answers 204, after which every verb answers 410', async () => {
    const { client, id, stage } = await connected()

    const deleted = await gateway.manage('DELETE', stage, id)
    const later = await Promise.all(['POST', 'GET', 'DELETE'].map((method) => gateway.manage(method, stage, id)))

    assert.equal(deleted.status, 204)
    assert.deepEqual(names(deleted), ['Date', 'Content-Type', 'Connection', 'x-amzn-RequestId', 'x-amz-apigw-id', 'X-Amzn-Trace-Id'])
    assert.deepEqual(later.map(({ status }) => status), [410, 410, 410])
    await client.closed
  })
})

describe('@connections, what goes wrong', () => {
  it('B2.1 B2.2 answers 400 for an id that cannot be, before IAM', async () => {
    const { id, stage } = await connected()
    const changed = `${id[0] === 'a' ? 'b' : 'a'}${id.slice(1)}`

    for (const wrong of ['AAAAAAAAAAAAAAA=', changed, newMessageId(id, Date.now()), 'testConnectionId', 'a b']) {
      const answer = await gateway.manage('POST', stage, wrong)
      assert.equal(answer.status, 400, wrong)
      assert.equal(answer.headers['x-amzn-errortype'], 'BadRequestException')
      assert.equal(answer.body, `{"message":"Invalid connectionId: ${wrong}"}`)
      assert.equal(answer.headers['x-amzn-trace-id'], undefined)
    }
    const foreign = await gateway.manage('POST', stage, changed, { sign: { accessKeyId: 'AKIAFOREIGNADMIN0000', secretAccessKey: 'foreign-secret' } })
    assert.equal(foreign.status, 400)
  })

  it('B2.3 answers 410 GoneException without a body for a client that left, and for an id of another time or API', async () => {
    const { client, id, stage } = await connected()
    const other = await connected()
    await client.close()
    await until(() => gateway.eventsOf('connection').some(({ connectionId, change }) => connectionId === id && change === 'closed'), 'the gateway knows')

    for (const one of [id, other.id, newConnectionId(Date.UTC(2025, 1, 1))]) {
      const answer = await gateway.manage('POST', stage, one, { body: 'hello' })
      assert.equal(answer.status, 410)
      assert.equal(answer.body, '')
      assert.deepEqual(names(answer), ['Date', 'Content-Type', 'Content-Length', 'Connection', 'x-amzn-RequestId', 'x-amzn-ErrorType', 'x-amz-apigw-id', 'X-Amzn-Trace-Id'])
      assert.equal(answer.headers['x-amzn-errortype'], 'GoneException')
    }
    assert.equal(other.client.waiting(), 0)
  })

  it('B2.5 answers 403 ForbiddenException for an unknown stage, also with a live id', async () => {
    const { id, apiId } = await connected()

    const answer = await gateway.manage('GET', `${apiId}/absent`, id)

    assert.equal(answer.status, 403)
    assert.equal(answer.headers['x-amzn-errortype'], 'ForbiddenException')
    assert.equal(answer.body, '{"message":"Forbidden"}')
  })

  it('B2.6 B2.8 answers 403 AccessDeniedException, the account masked and the id a template', async () => {
    const { id, apiId, stage, client } = await connected()

    const answer = await gateway.manage('POST', stage, id, { sign: { accessKeyId: 'AKIAFOREIGNADMIN0000', secretAccessKey: 'foreign-secret' } })

    assert.equal(answer.status, 403)
    assert.equal(answer.headers['x-amzn-errortype'], 'AccessDeniedException')
    assert.equal(answer.body, `{"Message":"User: arn:aws:iam::444455556666:user/stranger is not authorized to perform: execute-api:ManageConnections on resource: arn:aws:execute-api:eu-west-1:********3333:${apiId}/beta/POST/@connections/{connectionId} because no resource-based policy allows the execute-api:ManageConnections action"}`)
    assert.equal(client.waiting(), 0)
  })

  it('B2.7 B5.3 B5.5 asks IAM about ManageConnections on the template, verb by verb', async () => {
    const { id, stage } = await connected()
    const undo = gateway.faults.set({ kind: 'deny', action: 'execute-api:ManageConnections' })

    const answer = await gateway.manage('GET', stage, id)
    undo()

    assert.equal(answer.status, 403)
    assert.ok(gateway.eventsOf('decision').some(({ action, resource }) => action === 'execute-api:ManageConnections' && resource.endsWith('/GET/@connections/{connectionId}')))
  })

  describe('of a role whose policy names', () => {
    const cases: [id: string, resource: (apiId: string, id: string) => string, status: number][] = [
      ['B5.6', (apiId) => `${apiId}/beta/POST/@connections/*`, 200],
      ['B5.6', (apiId) => `${apiId}/beta/*`, 200],
      ['B5.6', (apiId) => `${apiId}/*`, 200],
      ['B5.5', (apiId) => `${apiId}/beta/POST/@connections/{connectionId}`, 200],
      ['C8.7', (apiId) => `${apiId}/*/*/@connections/*`, 200],
      ['B5.6', (apiId, id) => `${apiId}/beta/POST/@connections/${id}`, 403],
      ['B5.7', (apiId) => `${apiId}/beta/POST/@connections`, 403],
      ['B5.8', (apiId) => `${apiId}/beta/GET/@connections/*`, 403],
      ['B1.7', (apiId) => `${apiId}/other/*`, 403],
    ]
    for (const [fact, resource, status] of cases) {
      it(`${fact} ${resource('API', 'ID')} a POST answers ${status}`, async () => {
        const { id, apiId, stage } = await connected()
        const sign = await gateway.roleKeys([{ Effect: 'Allow', Action: 'execute-api:ManageConnections', Resource: `arn:aws:execute-api:eu-west-1:111122223333:${resource(apiId, id)}` }])

        const answer = await gateway.manage('POST', stage, id, { sign })

        assert.equal(answer.status, status)
        if (status === 403) assert.match(answer.body, / because no identity-based policy allows the execute-api:ManageConnections action"\}$/)
      })
    }

    it('B5.3 execute-api:Invoke a POST answers 403', async () => {
      const { id, stage } = await connected()

      assert.equal((await gateway.manage('POST', stage, id, { sign: await gateway.roleKeys([{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*' }]) })).status, 403)
    })
  })

  it('B2.9 answers a wrong signature with what should have been signed', async () => {
    const { id, stage } = await connected()

    const answer = await gateway.manage('POST', stage, id, { sign: { ...ADMIN, secretAccessKey: 'wrong' } })

    assert.equal(answer.status, 403)
    assert.equal(answer.headers['x-amzn-errortype'], 'InvalidSignatureException')
    const { message } = JSON.parse(answer.body)
    assert.ok(message.startsWith('The request signature we calculated does not match the signature you provided.'))
    assert.ok(message.includes(`\n\nThe Canonical String for this request should have been\n'POST\n/${stage}/%40connections/${encodeURIComponent(encodeURIComponent(id))}\n`))
    assert.match(message, /\n\nThe String-to-Sign should have been\n'AWS4-HMAC-SHA256\n[^']+'\n$/)
  })

  it('B2.10 B2.11 answers 403 without a signature, and for a key that nobody has', async () => {
    const { id, stage } = await connected()

    const unsigned = await gateway.manage('POST', stage, id, { sign: null })
    const unknown = await gateway.manage('POST', stage, id, { sign: { accessKeyId: 'AKIANOBODY', secretAccessKey: 'x' } })

    assert.equal(unsigned.status, 403)
    assert.equal(unsigned.body, '{"message":"Missing Authentication Token"}')
    assert.equal(unknown.headers['x-amzn-errortype'], 'UnrecognizedClientException')
    assert.equal(unknown.body, '{"message":"The security token included in the request is invalid."}')
  })

  it('refuses a signature for another region', async () => {
    const { id, stage } = await connected()

    assert.equal((await gateway.manage('POST', stage, id, { region: 'us-east-1' })).status, 403)
  })

  it('B2.13 answers 429 LimitExceededException while a throttle fault is set', async () => {
    const { id, stage } = await connected()
    const undo = gateway.faults.set({ kind: 'throttle', service: 'execute-api', operation: 'PostToConnection' })

    const post = await gateway.manage('POST', stage, id)
    const get = await gateway.manage('GET', stage, id)
    undo()

    assert.equal(post.status, 429)
    assert.equal(post.headers['x-amzn-errortype'], 'LimitExceededException')
    assert.equal(get.status, 200)
  })

  it('answers 410 while a gone fault is set, and loses frames while a drop fault is', async () => {
    const { client, id, stage } = await connected()

    const undoGone = gateway.faults.set({ kind: 'gone', connectionId: id })
    const gone = await gateway.manage('POST', stage, id, { body: 'gone' })
    undoGone()
    const undoDrop = gateway.faults.set({ kind: 'drop' })
    const dropped = await gateway.manage('POST', stage, id, { body: 'dropped' })
    undoDrop()
    await gateway.manage('POST', stage, id, { body: 'heard' })

    assert.equal(gone.status, 410)
    assert.equal(dropped.status, 200)
    assert.equal(await client.next(), 'heard')
  })

  it('forgets a caller that hangs up in the middle', async () => {
    const { id, stage } = await connected()

    const hangingUp = request({ port: gateway.port, host: '127.0.0.1', method: 'POST', path: `/${stage}/@connections/${encodeURIComponent(id)}`, headers: { 'content-length': '100' } })
    hangingUp.on('error', () => {})
    hangingUp.write('half')
    await new Promise((resolve) => { hangingUp.once('socket', (socket) => socket.once('connect', resolve)) })
    hangingUp.destroy()

    assert.equal((await gateway.manage('GET', stage, id)).status, 200)
  })
})

const sdkFor = (stage: string) =>
  new ApiGatewayManagementApiClient({ endpoint: `http://127.0.0.1:${gateway.port}/${stage}`, region: 'eu-west-1', credentials: ADMIN, maxAttempts: 1 })

describe('the SDK client', () => {
  it('B7.11 posts and reads through its endpoint with the stage', async () => {
    const connection = await connected({ userAgent: 'probe' })

    await sdkFor(connection.stage).send(new PostToConnectionCommand({ ConnectionId: connection.id, Data: 'hello' }))
    const { Identity, ConnectedAt } = await sdkFor(connection.stage).send(new GetConnectionCommand({ ConnectionId: connection.id }))

    assert.equal(await connection.client.next(), 'hello')
    assert.deepEqual(Identity, { SourceIp: '127.0.0.1', UserAgent: 'probe' })
    assert.ok(ConnectedAt instanceof Date)
  })

  it('B7.1 B7.4 throws GoneException and BadRequestException', async () => {
    const { id, stage, client: left } = await connected()
    await gateway.manage('DELETE', stage, id)
    await left.closed

    await assert.rejects(sdkFor(stage).send(new PostToConnectionCommand({ ConnectionId: id, Data: 'x' })), (error: unknown) => error instanceof GoneException && error.message === 'UnknownError')
    await assert.rejects(sdkFor(stage).send(new PostToConnectionCommand({ ConnectionId: 'testConnectionId', Data: 'x' })), { name: 'BadRequestException', message: 'Invalid connectionId: testConnectionId' })
  })
})

describe('60 clients', () => {
  it('each hear 200 messages once', async () => {
    const { apiId, url } = await gateway.api({ $default: { mock: true } })
    const clients = await Promise.all(Array.from({ length: 60 }, () => gateway.open(url)))
    const ids = gateway.eventsOf('connection').filter((event) => event.apiId === apiId && event.change === 'opened').map(({ connectionId }) => connectionId)
    const heard = clients.map((client) => Promise.all(Array.from({ length: 200 }, () => client.next())))
    const agent = new Agent({ keepAlive: true, maxSockets: 60 })

    for (let n = 0; n < 200; n++) await Promise.all(ids.map((id) => gateway.manage('POST', `${apiId}/beta`, id, { body: `message ${n}`, agent })))

    const expected = Array.from({ length: 200 }, (_, n) => `message ${n}`)
    for (const messages of await Promise.all(heard)) assert.deepEqual(messages, expected)
    for (const client of clients) assert.equal(client.waiting(), 0)
    assert.equal(new Set(ids).size, 60)
    agent.destroy()
  })
})
