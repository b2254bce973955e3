import assert from 'node:assert/strict'
import { fact, localFact, section } from './fact.ts'
import { chat, connectHandlerPosts, member } from './harness/apis.ts'
import { recordedEvent } from './harness/functions.ts'
import { ownKeys, send } from './harness/http.ts'
import { allow, deny, sessionOf, sessionWith, type Session } from './harness/roles.ts'
import { knock } from './harness/socket.ts'
import { ask, GONE, goneId, post, seen, type Ask } from './harness/connections.ts'
import type { World } from './harness/world.ts'

const MGMT = '2026-09-25'
const DOCS = '2026-11'

/** A second stage of the chat, which serves the same deployment. */
const otherStage = (world: World) => world.once('other stage', async () => {
  const { apiId } = await chat(world)
  const { Items: [deployment] = [] } = await world.aws.apigatewayv2.getDeployments({ ApiId: apiId })
  await world.aws.apigatewayv2.createStage({ ApiId: apiId, StageName: 'other', DeploymentId: deployment!.DeploymentId })
  return 'other'
})

const METHODS = ['GET', 'POST', 'DELETE'] as const

/** The denial of `ManageConnections`, byte for byte but for the end. */
const denial = async (world: World, { arn }: Session, method: string, because: string) => JSON.stringify({
  Message: `User: ${arn} is not authorized to perform: execute-api:ManageConnections on resource: arn:aws:execute-api:${world.cloud.region}:********${world.cloud.account.slice(-4)}:${(await chat(world)).apiId}/beta/${method}/@connections/{connectionId}${because}`,
})

export const management = section('B1–B3 @connections', [
  fact('B1.1', 'O', 'POST answers 200 with no body, content-length 0 and content-type application/json',
    'CAP-MGMT allow-post-text', MGMT, async (world) => {
    const client = await member(world)
    const answer = await post(world, client.id, 'hello')

    assert.deepEqual(
      [answer.status, answer.body, answer.headers['content-length'], answer.headers['content-type']], [200, '', '0', 'application/json'],
    )
    assert.equal(await client.next(), 'hello')
    await client.close()
  }),
  fact('B1.2', 'O', 'GET answers 200 with the connection as JSON', 'CAP-MGMT', MGMT, async (world) => {
    const client = await member(world)
    const { status, body } = await ask(world, { id: client.id })
    await client.close()

    assert.equal(status, 200)
    assert.deepEqual(Object.keys(JSON.parse(body)), ['identity', 'connectedAt', 'lastActiveAt'])
  }),
  fact('B1.3', 'O', 'DELETE answers 204 without body and content-length, still with content-type application/json',
    'CAP-MGMT allow-delete-control', MGMT, async (world) => {
    const client = await member(world)
    const { status, body, headers } = await ask(world, { method: 'DELETE', id: client.id })

    assert.deepEqual([status, body, headers['content-length'], headers['content-type']], [204, '', undefined, 'application/json'])
  }),
  fact('B1.4', 'O', 'the bytes reach the client as one text message; each byte that is not UTF-8 becomes U+FFFD',
    'CAP-MGMT allow-post-text/utf8/binary-frames', MGMT, async (world) => {
    const { raw } = await knock((await chat(world)).url, { headers: { 'User-Agent': 'raw' } })
    raw!.send(1, '{"action":"twoWay","do":"event"}')
    const id = JSON.parse((await raw!.next()).payload.toString()).requestContext.connectionId
    await post(world, id, Buffer.from('héllo 🎉'))
    const text = await raw!.next()
    await post(world, id, Buffer.concat([Buffer.from([0x00, 0xff, 0xfe, 0x80]), Buffer.from('native')]))
    const bytes = await raw!.next()
    raw!.destroy()

    assert.deepEqual([text.opcode, text.payload.toString()], [1, 'héllo 🎉'])
    assert.deepEqual([bytes.opcode, bytes.payload.toString('hex')], [1, `00efbfbdefbfbdefbfbd${Buffer.from('native').toString('hex')}`])
  }),
  fact('B1.5', 'O', 'an empty POST is an empty text frame, and moves lastActiveAt', 'CAP-MGMT allow-post-empty', MGMT, async (world) => {
    const client = await member(world)
    const before = JSON.parse((await ask(world, { id: client.id })).body).lastActiveAt
    await new Promise((resolve) => { setTimeout(resolve, 5) })

    assert.equal((await post(world, client.id, '')).status, 200)
    assert.equal(await client.next(), '')
    assert.ok(JSON.parse((await ask(world, { id: client.id })).body).lastActiveAt > before)
    await client.close()
  }),
  fact('B1.6', 'O', 'the id may be percent-encoded or raw', 'GDG, awscurl #61', '2021', async (world) => {
    const client = await member(world)

    assert.equal((await ask(world, { id: client.id, raw: true })).status, 200)
    assert.equal((await ask(world, { id: encodeURIComponent(client.id), raw: true })).status, 200)
    await client.close()
  }),
  fact('B1.7', 'O', 'the stage does not own the connection: every verb works through another stage of the API',
    'CAP-MGMT other-stage-get/post/delete', MGMT, async (world) => {
    const stage = await otherStage(world)
    const client = await member(world)

    assert.equal((await ask(world, { id: client.id, stage })).status, 200)
    assert.equal((await post(world, client.id, 'hello', { stage })).status, 200)
    assert.equal((await ask(world, { method: 'DELETE', id: client.id, stage })).status, 204)
    assert.equal((await client.closed).code, 1000)
  }),
  fact('B1.8', 'O', 'DELETE closes the socket with 1000 Connection Closed Normally, and $disconnect hears the same',
    'CAP-MGMT', MGMT, async (world) => {
    const client = await member(world)
    await ask(world, { method: 'DELETE', id: client.id })
    const { disconnectStatusCode, disconnectReason } = JSON.parse(await recordedEvent(world, client.id, 'DISCONNECT')).requestContext

    assert.deepEqual(await client.closed, { code: 1000, reason: 'Connection Closed Normally' })
    assert.deepEqual([disconnectStatusCode, disconnectReason], [1000, 'Connection Closed Normally'])
  }),
  fact('B1.9', 'O', 'right after DELETE every verb answers 410', 'CAP-MGMT deleted-id-*', MGMT, async (world) => {
    const client = await member(world)
    await ask(world, { method: 'DELETE', id: client.id })

    for (const method of METHODS) assert.equal((await ask(world, { method, id: client.id })).status, 410, method)
  }),
  fact('B1.9', 'O', 'and after the client has left', 'CAP-MGMT client-closed-id-*', MGMT, async (world) => {
    const id = await goneId(world)
    for (const method of METHODS) assert.equal((await ask(world, { method, id })).status, 410, method)
  }),
  fact('B2.1', 'O', 'a malformed id answers 400 BadRequestException with the decoded id',
    'CAP-MGMT malformed-id-*', MGMT, async (world) => {
    for (const method of METHODS)
      assert.deepEqual(
        seen(await ask(world, { method, id: 'AAAAAAAAAAAAAAA=' })),
        [400, 'BadRequestException', '{"message":"Invalid connectionId: AAAAAAAAAAAAAAA="}'],
      )
  }),
  fact('B2.1', 'O', 'so does a live id with another first character', 'CAP-MGMT missing-id-*', MGMT, async (world) => {
    const id = await goneId(world)
    const other = `${id.startsWith('Z') ? 'Y' : 'Z'}${id.slice(1)}`

    assert.deepEqual(seen(await ask(world, { id: other })), [400, 'BadRequestException', `{"message":"Invalid connectionId: ${other}"}`])
  }),
  fact('B2.2', 'O', 'the id is checked before IAM: who may nothing hears 400 too', 'CAP-MGMT denied-missing-id-*', MGMT, async (world) => {
    const { keys } = await sessionWith(world, allow('dynamodb:Scan'))

    assert.deepEqual(
      seen(await ask(world, { id: 'AAAAAAAAAAAAAAA=', keys })),
      [400, 'BadRequestException', '{"message":"Invalid connectionId: AAAAAAAAAAAAAAA="}'],
    )
  }),
  fact('B2.3', 'O', 'POST to a connection that has closed answers 410 GoneException and no body',
    'CAP-MGMT deleted-id-*', MGMT, async (world) => {
    const answer = await post(world, await goneId(world), 'x')

    assert.deepEqual(seen(answer), GONE)
    assert.equal(answer.headers['content-length'], '0')
  }),
  fact('B2.4', 'D', 'a connection whose $connect has not answered yet answers 410', 'RP-410', DOCS, async (world) => {
    assert.equal(await connectHandlerPosts(world), 'GoneException')
  }),
  fact('B2.5', 'O', 'an unknown stage answers 403 ForbiddenException {"message":"Forbidden"}, also for a live id',
    'CAP-MGMT absent-stage-get', MGMT, async (world) => {
    const client = await member(world)
    const answer = await ask(world, { id: client.id, stage: 'absent' })
    await client.close()

    assert.deepEqual(seen(answer), [403, 'ForbiddenException', '{"message":"Forbidden"}'])
    assert.equal(answer.bytes.length, 23)
  }),
  fact('B2.6', 'O', 'where no session policy allows it: 403 AccessDeniedException with Message, a masked account and a template for the id',
    'CAP-MGMT missing-*', MGMT, async (world) => {
    const session = await sessionWith(world, allow('execute-api:Invoke'))
    const id = await goneId(world)

    for (const method of METHODS)
      assert.deepEqual(
        seen(await ask(world, { method, id, keys: session.keys })),
        [
          403, 'AccessDeniedException',
          await denial(world, session, method, ' because no session policy allows the execute-api:ManageConnections action'),
        ],
      )
  }),
  fact('B2.7', 'O', 'where a session policy denies it: the same, with an explicit deny in a session policy',
    'CAP-MGMT deny-*, aws-solutions/innovation-sandbox PR #59', MGMT, async (world) => {
    const session = await sessionWith(world, allow('execute-api:*'), deny('execute-api:ManageConnections'))

    assert.deepEqual(
      seen(await post(world, await goneId(world), 'x', { keys: session.keys })),
      [403, 'AccessDeniedException', await denial(world, session, 'POST', ' with an explicit deny in a session policy')],
    )
  }),
  fact('B2.8', 'U', 'where a role lacks the right: because no identity-based policy allows the action',
    'CDKI #18410, by analogy', DOCS, async (world) => {
    const session = await sessionOf(world, 'reader', allow('dynamodb:Scan'))

    assert.deepEqual(
      seen(await post(world, await goneId(world), 'x', { keys: session.keys })),
      [
        403, 'AccessDeniedException',
        await denial(world, session, 'POST', ' because no identity-based policy allows the execute-api:ManageConnections action'),
      ],
    )
  }),
  fact('B2.9', 'O', 'a wrong signature answers 403 and tells what should have been hashed',
    'awscurl #61, mhart/aws4 #133', '2021', async (world) => {
    const { status, body } = await post(
      world, await goneId(world), 'x', { keys: { ...await ownKeys(world.cloud), secretAccessKey: 'wrong' } },
    )
    const { message } = JSON.parse(body)

    assert.equal(status, 403)
    assert.ok(message.startsWith('The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.\n\nThe Canonical String for this request should have been\n\'POST\n'))
    assert.match(message, /\n\nThe String-to-Sign should have been\n'AWS4-HMAC-SHA256\n[^']*'\n$/)
  }),
  fact('B2.10', 'U', 'without signature: 403 MissingAuthenticationTokenException {"message":"Missing Authentication Token"}',
    'REST data plane', DOCS, async (world) => {
    const { apiId } = await chat(world)
    const base = world.cloud.managementEndpoint(apiId, 'beta')
    const answer = await send(
      new URL(base).origin,
      { method: 'POST', path: `${new URL(base).pathname}/@connections/${encodeURIComponent(await goneId(world))}`, body: 'x' },
    )

    assert.deepEqual(seen(answer), [403, 'MissingAuthenticationTokenException', '{"message":"Missing Authentication Token"}'])
  }),
  fact('B2.11', 'U', 'an unknown access key: 403 UnrecognizedClientException {"message":"The security token included in the request is invalid."}',
    'REST data plane', DOCS, async (world) => {
    const answer = await post(
      world, await goneId(world), 'x', { keys: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'unknown' } },
    )

    assert.deepEqual(
      seen(answer), [403, 'UnrecognizedClientException', '{"message":"The security token included in the request is invalid."}'],
    )
  }),
  fact('B2.12', 'O', 'more than 128 KB answers 413 at the edge: no error type, no ids, no content type, no body; the connection survives',
    'CAP-MGMT payload-131073', MGMT, async (world) => {
    const client = await member(world)
    const { status, headers, body } = await post(world, client.id, Buffer.alloc(131_073, 'x'))
    await post(world, client.id, 'still here')

    assert.deepEqual([status, body], [413, ''])
    for (const name of [
      'x-amzn-errortype', 'x-amzn-requestid', 'x-amz-apigw-id', 'content-type',
    ]) assert.equal(headers[name], undefined, name)
    assert.equal(await client.next(), 'still here')
    await client.close()
  }),
  localFact('faults', 'B2.13', 'O', 'a throttled call answers 429 LimitExceededException',
    'BOTO, gchq/sleeper #7494', DOCS, async (world) => {
    const id = await goneId(world)
    const undo = world.local!.faults.set({ kind: 'throttle', service: 'execute-api', operation: 'PostToConnection' })
    const answer = await post(world, id, 'x')
    undo()

    assert.deepEqual(seen(answer).slice(0, 2), [429, 'LimitExceededException'])
  }),
  fact('B2', 'U', '@connections without an id answers 403', 'none', DOCS, async (world) => {
    assert.equal((await ask(world, { id: '' })).status, 403)
  }),
  fact('B2', 'O', 'the headers come in the recorded order; 200, 204 and 410 have a trace id, 400 and 403 have none',
    'CAP-MGMT', MGMT, async (world) => {
    const client = await member(world)
    const names = async (request: Ask) => (await ask(world, request)).rawHeaders.filter((_, at) => at % 2 === 0)
    const { keys } = await sessionWith(world, allow('dynamodb:Scan'))

    assert.deepEqual(
      await names({ method: 'POST', id: client.id, body: 'x' }),
      ['Date', 'Content-Type', 'Content-Length', 'Connection', 'x-amzn-RequestId', 'x-amz-apigw-id', 'X-Amzn-Trace-Id'],
    )
    assert.deepEqual(
      await names({ method: 'DELETE', id: client.id }),
      ['Date', 'Content-Type', 'Connection', 'x-amzn-RequestId', 'x-amz-apigw-id', 'X-Amzn-Trace-Id'],
    )
    assert.deepEqual(
      await names({ id: client.id }),
      ['Date', 'Content-Type', 'Content-Length', 'Connection', 'x-amzn-RequestId', 'x-amzn-ErrorType', 'x-amz-apigw-id', 'X-Amzn-Trace-Id'],
    )
    for (const refused of [{ id: 'AAAAAAAAAAAAAAA=' }, { id: client.id, keys }])
      assert.deepEqual(
        await names(refused),
        ['Date', 'Content-Type', 'Content-Length', 'Connection', 'x-amzn-RequestId', 'x-amzn-ErrorType', 'x-amz-apigw-id'],
      )
  }),
  fact('B2', 'O', 'checks come in this order: size, stage, id, IAM, connection', 'CAP-MGMT', MGMT, async (world) => {
    const { keys } = await sessionWith(world, allow('dynamodb:Scan'))
    const tooBig = Buffer.alloc(131_073)

    assert.equal((await post(world, 'AAAAAAAAAAAAAAA=', tooBig, { stage: 'absent', keys })).status, 413)
    assert.equal((await post(world, 'AAAAAAAAAAAAAAA=', 'x', { stage: 'absent', keys })).body, '{"message":"Forbidden"}')
    assert.equal((await post(world, 'AAAAAAAAAAAAAAA=', 'x', { keys })).status, 400)
    assert.equal((await post(world, await goneId(world), 'x', { keys })).status, 403)
  }),
  fact('B3', 'O', 'the GET body is byte for byte: two blanks of indent, blanks around the colons, no newline at the end',
    'CAP-MGMT', MGMT, async (world) => {
    const client = await member(world, { headers: { 'User-Agent': 'my-client' } })
    const { body } = await ask(world, { id: client.id })
    await client.close()

    const { identity: { sourceIp }, connectedAt, lastActiveAt } = JSON.parse(body)
    assert.equal(
      body,
      `{\n  "identity" : {\n    "sourceIp" : "${sourceIp}",\n    "userAgent" : "my-client"\n  },\n  "connectedAt" : "${connectedAt}",\n  "lastActiveAt" : "${lastActiveAt}"\n}`,
    )
  }),
  fact('B3.1', 'O', 'times are ISO 8601 with milliseconds and Z', 'CAP-MGMT', MGMT, async (world) => {
    const client = await member(world)
    const { connectedAt, lastActiveAt } = JSON.parse((await ask(world, { id: client.id })).body)
    await client.close()

    for (const time of [connectedAt, lastActiveAt]) assert.match(time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  }),
  fact('B3.2', 'M', 'SDKs show the members as ConnectedAt, Identity.SourceIp, Identity.UserAgent, LastActiveAt',
    'SDKM', '2026-11-24', async (world) => {
    const client = await member(world, { headers: { 'User-Agent': 'my-client' } })
    const { ConnectedAt, Identity, LastActiveAt } = await world.aws.connections((await chat(world)).apiId, 'beta').getConnection({ ConnectionId: client.id })
    await client.close()

    assert.ok(ConnectedAt instanceof Date && LastActiveAt instanceof Date)
    assert.deepEqual(Object.keys(Identity!), ['SourceIp', 'UserAgent'])
  }),
  fact('B3.3', 'O', 'connectedAt is requestContext.connectedAt to the millisecond', 'CAP-MGMT', MGMT, async (world) => {
    const client = await member(world)
    const { connectedAt } = JSON.parse((await ask(world, { id: client.id })).body)
    await client.close()

    assert.equal(connectedAt, new Date(client.event.requestContext.connectedAt).toISOString())
  }),
  fact('B3.4', 'O', 'lastActiveAt is the time of the last message, moved neither by GET, nor by a refused call, nor by 413',
    'CAP-MGMT activity-get-*, payload-131073-survival', MGMT, async (world) => {
    const client = await member(world)
    const lastActiveAt = async () => JSON.parse((await ask(world, { id: client.id })).body).lastActiveAt
    const before = await lastActiveAt()
    const { keys } = await sessionWith(world, allow('execute-api:Invoke'))
    await post(world, client.id, 'refused', { keys })
    await post(world, client.id, Buffer.alloc(131_073))

    assert.equal(await lastActiveAt(), before)
    await client.close()
  }),
  fact('B3.5', 'U', 'without a User-Agent header userAgent is missing', 'none', DOCS, async (world) => {
    const { raw } = await knock((await chat(world)).url)
    raw!.send(1, '{"action":"twoWay","do":"event"}')
    const { connectionId } = JSON.parse((await raw!.next()).payload.toString()).requestContext
    const { identity } = JSON.parse((await ask(world, { id: connectionId })).body)
    raw!.destroy()

    assert.deepEqual(Object.keys(identity), ['sourceIp'])
  }),
])
