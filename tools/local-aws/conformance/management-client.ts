import assert from 'node:assert/strict'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  ApiGatewayManagementApiClient, ApiGatewayManagementApiServiceException, DeleteConnectionCommand, ForbiddenException, GetConnectionCommand,
  GoneException, LimitExceededException, PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi'
import { fact, localFact, section } from './fact.ts'
import { chat, member } from './harness/apis.ts'
import { ownKeys } from './harness/http.ts'
import { allow, sessionWith } from './harness/roles.ts'
import type { Keys } from './harness/sdk.ts'
import type { World } from './harness/world.ts'

const SDKM = '@aws-sdk/client-apigatewaymanagementapi 3.1169'
const WHEN = '2026-11-24'

/** A client as handlers make it: with its defaults. */
async function clientOf(world: World, { stage = 'beta', keys, ...options }: { stage?: string, keys?: Keys, endpoint?: string } = {}) {
  const { cloud } = world
  const endpoint = options.endpoint ?? cloud.managementEndpoint((await chat(world)).apiId, stage)
  return new ApiGatewayManagementApiClient({ endpoint, region: cloud.region, credentials: keys ?? await ownKeys(cloud) })
}

async function failure(call: Promise<unknown>): Promise<any> {
  const error = await call.then(() => undefined, (reason: unknown) => reason)
  assert.ok(error, 'the call was answered')
  return error
}
/** How handlers see an error. */
const seen = (error: any) => [error.constructor.name, error.name, error.message, error.$metadata.httpStatusCode, error.$metadata.attempts]

async function goneId(world: World) {
  const client = await member(world)
  await client.close()
  const { connections } = world.aws
  const { apiId } = await chat(world)
  await world.eventually(
    'the connection has gone', () => connections(apiId, 'beta').getConnection({ ConnectionId: client.id }).then(() => false, () => true),
  )
  return client.id
}

/** A client against answers of our own: what it makes of them is its affair, not the cloud's. */
async function againstStub(
  world: World, answer: (response: http.ServerResponse) => void, prove: (client: ApiGatewayManagementApiClient) => Promise<void>,
) {
  const server = http.createServer((request, response) => { request.resume().on('end', () => answer(response)) })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  const client = await clientOf(world, { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/beta` })
  await prove(client).finally(() => {
    client.destroy()
    server.close()
    server.closeAllConnections()
  })
}

/** What a client would send, without sending it, and without an address that the environment names. */
async function requestOf(options: ConstructorParameters<typeof ApiGatewayManagementApiClient>[0], command: PostToConnectionCommand) {
  const sent: any[] = []
  const { AWS_ENDPOINT_URL } = process.env
  delete process.env.AWS_ENDPOINT_URL
  const client = new ApiGatewayManagementApiClient({
    region: 'eu-west-1', credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' }, maxAttempts: 1, ...options,
    requestHandler: { handle: async (request: unknown) => { sent.push(request); throw new Error('not sent') } } as never,
  })
  const error = await failure(client.send(command)).finally(() => { if (AWS_ENDPOINT_URL) process.env.AWS_ENDPOINT_URL = AWS_ENDPOINT_URL })
  client.destroy()
  return { request: sent[0], error }
}

export const managementClient = section('B7 what SDK v3 makes of it', [
  fact('B7.1', 'M', 'a 410 is a GoneException whose message is UnknownError, after one attempt', SDKM, WHEN, async (world) => {
    const error = await failure((await clientOf(world)).send(new PostToConnectionCommand({ ConnectionId: await goneId(world), Data: 'x' })))

    assert.deepEqual(seen(error), ['GoneException', 'GoneException', 'UnknownError', 410, 1])
  }),
  fact('B7.2', 'M', 'a 403 of an unknown stage is a ForbiddenException with the message Forbidden', SDKM, WHEN, async (world) => {
    const error = await failure((await clientOf(world, { stage: 'absent' })).send(new GetConnectionCommand({ ConnectionId: await goneId(world) })))

    assert.deepEqual(seen(error), ['ForbiddenException', 'ForbiddenException', 'Forbidden', 403, 1])
    assert.ok(error instanceof ForbiddenException)
  }),
  fact('B7.3', 'M', 'a 403 of IAM or of the signature is the service\'s base class, named by x-amzn-ErrorType',
    SDKM, WHEN, async (world) => {
    const { keys } = await sessionWith(world, allow('execute-api:Invoke'))
    const denied = await failure((await clientOf(world, { keys })).send(new PostToConnectionCommand({ ConnectionId: await goneId(world), Data: 'x' })))
    const wrong = await failure((await clientOf(
      world, { keys: { ...keys, secretAccessKey: 'wrong' } },
    )).send(new PostToConnectionCommand({ ConnectionId: await goneId(world), Data: 'x' })))

    assert.equal(denied.constructor, ApiGatewayManagementApiServiceException)
    assert.deepEqual([denied.name, denied.$metadata.httpStatusCode, denied.$metadata.attempts], ['AccessDeniedException', 403, 1])
    assert.match(denied.message, /^User: .* is not authorized to perform: execute-api:ManageConnections/)
    assert.deepEqual([wrong.constructor, wrong.name], [ApiGatewayManagementApiServiceException, 'InvalidSignatureException'])
  }),
  fact('B7.4', 'M', 'a 400 is the base class named BadRequestException', SDKM, WHEN, async (world) => {
    const error = await failure((await clientOf(world)).send(new GetConnectionCommand({ ConnectionId: 'AAAAAAAAAAAAAAA=' })))

    assert.deepEqual(
      seen(error), ['ApiGatewayManagementApiServiceException', 'BadRequestException', 'Invalid connectionId: AAAAAAAAAAAAAAA=', 400, 1],
    )
  }),
  fact('B7.5', 'M', 'a 413 is the base class named Unknown, without a request id', SDKM, WHEN, async (world) => {
    const client = await member(world)
    const error = await failure((await clientOf(world)).send(new PostToConnectionCommand({
      ConnectionId: client.id, Data: Buffer.alloc(131_073),
    })))
    await client.close()

    assert.deepEqual(seen(error), ['ApiGatewayManagementApiServiceException', 'Unknown', 'UnknownError', 413, 1])
    assert.equal(error.$metadata.requestId, undefined)
  }),
  localFact('faults', 'B7.6', 'M', 'a 429 is a LimitExceededException, after three attempts', SDKM, WHEN, async (world) => {
    const id = await goneId(world)
    const undo = world.local!.faults.set({ kind: 'throttle', service: 'execute-api', operation: 'PostToConnection' })
    const error = await failure((await clientOf(world)).send(new PostToConnectionCommand({ ConnectionId: id, Data: 'x' })))
    undo()

    assert.ok(error instanceof LimitExceededException)
    assert.deepEqual(seen(error), ['LimitExceededException', 'LimitExceededException', 'UnknownError', 429, 3])
  }),
  fact('B7.7', 'M', 'a 500 is the base class named by its type, after three attempts', SDKM, WHEN, async (world) => {
    const answer = (response: http.ServerResponse) => response.writeHead(
      500, { 'x-amzn-ErrorType': 'InternalServerErrorException' },
    ).end('{"message":"oops"}')
    await againstStub(world, answer, async (client) => {
      assert.deepEqual(
        seen(await failure(client.send(new DeleteConnectionCommand({ ConnectionId: 'x' })))),
        ['ApiGatewayManagementApiServiceException', 'InternalServerErrorException', 'oops', 500, 3],
      )
    })
  }),
  fact('B7.8', 'M', 'HTML in place of JSON is a SyntaxError', SDKM, WHEN, async (world) => {
    await againstStub(world, (response) => response.writeHead(403, { 'content-type': 'text/html' }).end('<html></html>'), async (client) => {
      const error = await failure(client.send(new GetConnectionCommand({ ConnectionId: 'x' })))
      assert.equal(error.name, 'SyntaxError')
      assert.match(error.message, /^Unexpected token '?</)
    })
  }),
  fact('B7.9', 'M', 'instanceof, the name and the status all tell that a connection has gone', SDKM, WHEN, async (world) => {
    const error = await failure((await clientOf(world)).send(new PostToConnectionCommand({ ConnectionId: await goneId(world), Data: 'x' })))

    assert.deepEqual(
      [error instanceof GoneException, error.name === 'GoneException', error.$metadata.httpStatusCode === 410], [true, true, true],
    )
  }),
  fact('B7.10', 'M', 'without an endpoint the client calls https://execute-api.REG.amazonaws.com/@connections/…, where nobody is',
    SDKM, WHEN, async () => {
    const { request } = await requestOf({}, new PostToConnectionCommand({ ConnectionId: 'abc=', Data: 'x' }))

    assert.deepEqual(
      [request.protocol, request.hostname, request.path], ['https:', 'execute-api.eu-west-1.amazonaws.com', '/@connections/abc%3D'],
    )
  }),
  fact('B7.11', 'M', 'it sends POST /STAGE/@connections/ID%3D%3D with application/octet-stream and a signed hash of the body',
    SDKM, WHEN, async () => {
    const { request } = await requestOf(
      { endpoint: 'https://abc.execute-api.eu-west-1.amazonaws.com/beta' },
      new PostToConnectionCommand({ ConnectionId: 'abc==', Data: 'x' }),
    )

    assert.deepEqual(
      [request.method, request.path, request.headers['content-type']], ['POST', '/beta/@connections/abc%3D%3D', 'application/octet-stream'],
    )
    assert.match(request.headers['x-amz-content-sha256'], /^[0-9a-f]{64}$/)
  }),
  fact('B7.11', 'M', 'a missing ConnectionId is refused before anything is sent', SDKM, WHEN, async () => {
    const { request, error } = await requestOf(
      { endpoint: 'https://abc.execute-api.eu-west-1.amazonaws.com/beta' },
      new PostToConnectionCommand({ ConnectionId: undefined, Data: 'x' }),
    )

    assert.equal(request, undefined)
    assert.equal(error.message, 'No value provided for input HTTP label: ConnectionId.')
  }),
])
