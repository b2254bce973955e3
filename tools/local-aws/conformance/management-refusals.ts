import assert from 'node:assert/strict'
import { fact, localFact, section } from './fact.ts'
import { chat, connectHandlerPosts, member } from './harness/apis.ts'
import { ownKeys, send } from './harness/http.ts'
import { allow, deny, sessionOf, sessionWith, type Session } from './harness/roles.ts'
import { ask, GONE, goneId, post, seen } from './harness/connections.ts'
import type { World } from './harness/world.ts'

const MGMT = '2026-09-25'
const DOCS = '2026-11'

const METHODS = ['GET', 'POST', 'DELETE'] as const

/** The denial of `ManageConnections`, byte for byte but for the end. */
const denial = async (world: World, { arn }: Session, method: string, because: string) => JSON.stringify({
  Message: `User: ${arn} is not authorized to perform: execute-api:ManageConnections on resource: arn:aws:execute-api:${world.cloud.region}:********${world.cloud.account.slice(-4)}:${(await chat(world)).apiId}/beta/${method}/@connections/{connectionId}${because}`,
})

export const managementRefusals = section('B2 what @connections refuses', [
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
  fact('B2', 'O', 'checks come in this order: size, stage, id, IAM, connection', 'CAP-MGMT', MGMT, async (world) => {
    const { keys } = await sessionWith(world, allow('dynamodb:Scan'))
    const tooBig = Buffer.alloc(131_073)

    assert.equal((await post(world, 'AAAAAAAAAAAAAAA=', tooBig, { stage: 'absent', keys })).status, 413)
    assert.equal((await post(world, 'AAAAAAAAAAAAAAA=', 'x', { stage: 'absent', keys })).body, '{"message":"Forbidden"}')
    assert.equal((await post(world, 'AAAAAAAAAAAAAAA=', 'x', { keys })).status, 400)
    assert.equal((await post(world, await goneId(world), 'x', { keys })).status, 403)
  }),
])
