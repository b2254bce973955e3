import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { WebSocket } from 'ws'
import { FunctionError, functionUri, notInvocable, refusalOf, startGateway, until, type Client } from './gateway-testing.ts'

let gateway: Awaited<ReturnType<typeof startGateway>>
const clients: Client[] = []
const open: (typeof gateway)['open'] = async (...args) => {
  const client = await gateway.open(...args)
  clients.push(client)
  return client
}

before(async () => {
  gateway = await startGateway({
    functions: {
      welcome: () => ({ statusCode: 200, body: 'Connected.' }),
      created: () => ({ statusCode: 201 }),
      stranger: () => ({ statusCode: 401, body: '{"why":"stranger"}', headers: { 'x-own': '1' } }),
      moved: () => ({ statusCode: 301 }),
      throws: () => { throw new FunctionError('boom') },
      malformed: () => ({ ok: true }),
      nothing: () => undefined,
      forbidden: notInvocable,
      never: () => new Promise(() => {}),
      subprotocol: () => ({ statusCode: 200, headers: { 'sec-websocket-protocol': 'chat.v2' } }),
    },
  })
})
after(() => gateway.stop())

describe('handshake', () => {
  it('A2.1 lets everyone in where there is no $connect route', async () => {
    const { url } = await gateway.api({ $default: { mock: true } })

    const client = await open(url)

    assert.equal(client.socket.readyState, client.socket.OPEN)
  })

  for (const name of ['welcome', 'created']) {
    it(`A2.1 answers 101 when $connect is answered by ${name}`, async () => {
      const { url } = await gateway.api({ $connect: { function: name } })

      await open(url)
    })
  }

  it('A2.14 answers 101 with nothing but date, connection, upgrade and accept', async () => {
    const { url } = await gateway.api({ $connect: { function: 'welcome' } })
    const socket = new WebSocket(url)

    const headers = await new Promise<Record<string, unknown>>((resolve) => { socket.once('upgrade', (response) => resolve(response.headers)) })

    assert.deepEqual(Object.keys(headers).toSorted(), ['connection', 'date', 'sec-websocket-accept', 'upgrade'])
    socket.terminate()
  })

  it('A2.2 A2.15 hands on status and body of the function, none of its headers', async () => {
    const { url } = await gateway.api({ $connect: { function: 'stranger' } })

    const refused = await refusalOf(open(url))

    assert.equal(refused.status, 401)
    assert.equal(refused.body, '{"why":"stranger"}')
    assert.deepEqual(Object.keys(refused.headers), ['date', 'content-type', 'content-length', 'connection', 'x-amz-apigw-id'])
    assert.equal(refused.headers['content-type'], 'application/json; charset=UTF-8')
    assert.match(String(refused.headers['x-amz-apigw-id']), /^[\w-]{15}=$/)
  })

  it('A2.2 refuses with 301 too', async () => {
    const { url } = await gateway.api({ $connect: { function: 'moved' } })

    assert.equal((await refusalOf(open(url))).status, 301)
  })

  it('A2.3 answers 502 with both ids when the function fails', async () => {
    const { url, apiId } = await gateway.api({ $connect: { function: 'throws' } })

    const refused = await refusalOf(open(url))

    const { event } = gateway.calls.findLast((call) => call.event.requestContext.apiId === apiId)!
    assert.equal(refused.status, 502)
    assert.equal(refused.body, `{"message": "Internal server error", "connectionId":"${event.requestContext.connectionId}", "requestId":"${event.requestContext.requestId}"}`)
  })

  for (const name of ['malformed', 'nothing', 'forbidden', 'unknown']) {
    it(`A2.4 A2.5 answers 500 when the function is ${name}`, async () => {
      const { url } = await gateway.api({ $connect: { function: name } })

      const refused = await refusalOf(open(url))

      assert.equal(refused.status, 500)
      assert.match(refused.body, /^\{"message": "Internal server error", "connectionId":"[\w-]{18}==", "requestId":"[\w-]{15}="\}$/)
    })
  }

  it('A2.6 answers 504 when the integration takes longer than its timeout', async () => {
    const { url } = await gateway.api({ $connect: { function: 'never', integration: { TimeoutInMillis: 50 } } })

    const refused = await refusalOf(open(url))

    assert.equal(refused.status, 504)
    assert.match(refused.body, /^\{"message": "Endpoint request timed out", /)
  })

  it('A2.10 answers 429 where the stage\'s throttling is 0', async () => {
    const { url, apiId } = await gateway.api({ $connect: { function: 'welcome' } })
    await gateway.control('UpdateStage', { ApiId: apiId, StageName: 'beta', DefaultRouteSettings: { ThrottlingBurstLimit: 0, ThrottlingRateLimit: 0 } })

    assert.equal((await refusalOf(open(url))).status, 429)
  })

  it('A2.11 answers 403 Forbidden while the stage has no deployment', async () => {
    const { url } = await gateway.api({}, { stage: 'beta' })

    const refused = await refusalOf(open(url))

    assert.equal(refused.status, 403)
    assert.equal(refused.body, '{"message":"Forbidden"}')
  })

  it('A2.12 answers 403 ForbiddenException for an unknown stage', async () => {
    const { url } = await gateway.api({ $connect: { function: 'welcome' } })

    const refused = await refusalOf(open(url.replace('/beta', '/gamma')))

    assert.equal(refused.status, 403)
    assert.equal(refused.headers['x-amzn-errortype'], 'ForbiddenException')
    assert.equal(refused.body, '{"message":"Forbidden"}')
  })

  it('A2.13 answers 403 for an unknown API', async () => {
    assert.equal((await refusalOf(open(`ws://127.0.0.1:${gateway.port}/abcdefghij/beta`))).status, 403)
  })

  it('A2.17 gives a refused handshake a connection id, and no $disconnect', async () => {
    const { url, apiId } = await gateway.api({ $connect: { function: 'stranger' }, $disconnect: { function: 'welcome' } })

    await refusalOf(open(url))

    const events = gateway.calls.filter(({ event }) => event.requestContext.apiId === apiId).map(({ event }) => event.requestContext)
    assert.deepEqual(events.map(({ eventType }) => eventType), ['CONNECT'])
    assert.match(events[0].connectionId, /^[\w-]{18}==$/)
  })

  it('A3 gives $connect the recorded event, key by key', async () => {
    const { url, apiId } = await gateway.api({ $connect: { function: 'welcome' } })
    await gateway.control('UpdateStage', { ApiId: apiId, StageName: 'beta', StageVariables: { name: 'value' } })

    await open(`${url}?repeat=first&repeat=second+third`, { headers: { 'User-Agent': 'probe/1', 'X-Nick': 'Tom' }, origin: 'http://localhost' })

    const { event, json } = gateway.calls.at(-1)!
    const host = `${apiId}.execute-api.eu-west-1.amazonaws.com`
    assert.deepEqual(Object.keys(event), ['headers', 'multiValueHeaders', 'queryStringParameters', 'multiValueQueryStringParameters', 'stageVariables', 'requestContext', 'isBase64Encoded'])
    assert.deepEqual(Object.keys(event.headers), ['Host', 'Origin', 'Sec-WebSocket-Extensions', 'Sec-WebSocket-Key', 'Sec-WebSocket-Version', 'User-Agent', 'X-Amzn-Trace-Id', 'X-Forwarded-For', 'X-Forwarded-Port', 'X-Forwarded-Proto', 'X-Nick'])
    assert.equal(event.headers.Host, host)
    assert.deepEqual(event.multiValueHeaders['X-Nick'], ['Tom'])
    assert.deepEqual(event.queryStringParameters, { repeat: 'second third' })
    assert.deepEqual(event.multiValueQueryStringParameters, { repeat: ['first', 'second third'] })
    const { requestContext: context } = event
    assert.equal(json.slice(json.indexOf('"requestContext"')), `"requestContext":${JSON.stringify({
      routeKey: '$connect', eventType: 'CONNECT', extendedRequestId: context.requestId, requestTime: context.requestTime, messageDirection: 'IN', stage: 'beta',
      connectedAt: context.connectedAt, requestTimeEpoch: context.requestTimeEpoch, identity: { userAgent: 'probe/1', sourceIp: '127.0.0.1' },
      requestId: context.requestId, domainName: host, connectionId: context.connectionId, apiId,
    })},"isBase64Encoded":false}`)
    assert.match(context.requestTime, /^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/)
  })

  it('A2.5 invokes as the gateway, from the route\'s ARN', async () => {
    const { url, apiId } = await gateway.api({ $connect: { function: 'welcome' } })

    await open(url)

    const { as } = gateway.calls.at(-1)!
    assert.deepEqual(as, {
      kind: 'service', service: 'apigateway.amazonaws.com', arn: 'apigateway.amazonaws.com', account: '111122223333',
      sourceArn: `arn:aws:execute-api:eu-west-1:111122223333:${apiId}/beta/$connect`,
    })
  })

  it('invokes as the role that the integration names, if API Gateway may assume it', async () => {
    const { roleArn } = await gateway.roleKeys([{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: '*' }])
    const { url } = await gateway.api({ $connect: { function: 'welcome', integration: { CredentialsArn: roleArn } } })
    const { url: foreign } = await gateway.api({ $connect: { function: 'welcome', integration: { CredentialsArn: roleArn.replace('role/', 'role/no-') } } })

    await open(url)

    const { as } = gateway.calls.at(-1)!
    assert.equal(as.kind === 'session' && as.roleName, roleArn.split('/')[1])
    assert.equal((await refusalOf(open(foreign))).status, 500)
  })

  it('copies the subprotocol that the function chose', async () => {
    const { url } = await gateway.api({ $connect: { function: 'subprotocol' } })

    const client = await open(url, { protocols: ['chat.v1', 'chat.v2'] })

    assert.equal(client.socket.protocol, 'chat.v2')
    assert.equal(gateway.calls.at(-1)!.event.headers['Sec-WebSocket-Protocol'], 'chat.v1,chat.v2')
  })

  it('names no subprotocol when the function chose none, so that the client gives up', async () => {
    const { url } = await gateway.api({ $connect: { function: 'welcome' } })

    await assert.rejects(open(url, { protocols: ['chat.v1'] }), /Server sent no subprotocol/)
  })

  it('runs $disconnect for a client that left while $connect was deciding', async () => {
    let decide: ((answer: object) => void) | undefined
    const slow = await startGateway({ functions: { slow: () => new Promise((resolve) => { decide = resolve }), bye: () => ({ statusCode: 200 }) } })
    const { url } = await slow.api({ $connect: { function: 'slow' }, $disconnect: { function: 'bye' } })
    const socket = new WebSocket(url)
    socket.on('error', () => {})
    await until(() => slow.calls.length === 1, '$connect runs')

    const left = new Promise((resolve) => { socket.once('close', resolve) })
    socket.terminate()
    await left
    // The gateway's side of the socket learns of it a moment later.
    await slow.raw({ path: '/' })
    decide!({ statusCode: 200 })
    await until(() => slow.calls.length === 2, '$disconnect runs')

    assert.equal(slow.calls[1]!.event.requestContext.disconnectStatusCode, 1006)
    await slow.stop()
  })

  it('refuses what is no proper WebSocket handshake before $connect runs', async () => {
    const { url } = await gateway.api({ $connect: { function: 'welcome' } })
    const callsBefore = gateway.calls.length

    const answer = await gateway.raw({ path: new URL(url).pathname, headers: { 'Connection': 'Upgrade', 'Upgrade': 'websocket', 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': 'short' } })

    assert.equal(answer.status, 400)
    assert.equal(gateway.calls.length, callsBefore)
  })

  it('A1.1 reaches the API by its own host name', async () => {
    const { apiId } = await gateway.api({ $connect: { function: 'welcome' } })

    await open(`ws://127.0.0.1:${gateway.port}/beta`, { headers: { Host: `${apiId}.execute-api.eu-west-1.amazonaws.com` } })

    const elsewhere = await refusalOf(open(`ws://127.0.0.1:${gateway.port}/beta`, { headers: { Host: `${apiId}.execute-api.eu-west-2.amazonaws.com` } }))
    assert.equal(elsewhere.status, 403)
  })

  it('A1.6 answers 403 to a request without an upgrade', async () => {
    const { url } = await gateway.api({ $connect: { function: 'welcome' } })

    assert.equal((await gateway.raw({ path: new URL(url).pathname })).status, 403)
  })

  it('leaves what is signed for S3 to S3', async () => {
    const answer = await gateway.raw({ path: '/abcdefghij/key', headers: { authorization: 'AWS4-HMAC-SHA256 Credential=AKIA/20260101/eu-west-1/s3/aws4_request, SignedHeaders=host, Signature=aa' } })

    assert.equal(answer.body, 'not the gateway')
  })
})

const policy = (effect: string, resource: string) => ({ Version: '2012-10-17', Statement: [{ Effect: effect, Action: 'execute-api:Invoke', Resource: resource }] })

async function withAuthorizer(authorizer: (event: any) => unknown) {
  const own = await startGateway({ functions: { authorizer, welcome: () => ({ statusCode: 200 }) } })
  const { apiId } = await own.api({ $default: { function: 'welcome' } }, { stage: null })
  const { AuthorizerId } = await own.control('CreateAuthorizer', { ApiId: apiId, Name: 'members', AuthorizerType: 'REQUEST', AuthorizerUri: functionUri('authorizer'), IdentitySource: ['route.request.querystring.token'] })
  await own.addRoute(apiId, '$connect', { function: 'welcome', route: { AuthorizationType: 'CUSTOM', AuthorizerId } })
  await own.control('CreateStage', { ApiId: apiId, StageName: 'beta' })
  await own.control('CreateDeployment', { ApiId: apiId, StageName: 'beta' })
  return { own, apiId, authorizerId: AuthorizerId, url: `ws://127.0.0.1:${own.port}/${apiId}/beta` }
}

describe('authorizer of $connect', () => {
  it('A2.7 answers 401 without asking when the identity source is missing', async () => {
    const { own, url } = await withAuthorizer(() => ({}))

    const refused = await refusalOf(own.open(url))

    assert.equal(refused.status, 401)
    assert.match(refused.body, /^\{"message": "Unauthorized", "connectionId":/)
    assert.equal(own.calls.length, 0)
    await own.stop()
  })

  it('A11.5 A11.7 A4.5 lets a member in and tells every later event who it is', async () => {
    const { own, url, apiId, authorizerId } = await withAuthorizer((event) => ({ principalId: 'tom', policyDocument: policy('Allow', event.methodArn), context: { admin: true, age: 7 } }))

    const client = await own.open(`${url}?token=x`)
    client.send('hi')
    await until(() => own.calls.length === 3, 'the message arrives')

    const [asked, connect, message] = own.calls.map(({ event }) => event)
    assert.deepEqual(Object.keys(asked), ['type', 'methodArn', 'headers', 'multiValueHeaders', 'queryStringParameters', 'multiValueQueryStringParameters', 'stageVariables', 'requestContext'])
    assert.equal(asked.methodArn, `arn:aws:execute-api:eu-west-1:111122223333:${apiId}/beta/$connect`)
    assert.equal((own.calls[0]!.as as { sourceArn?: string }).sourceArn, `arn:aws:execute-api:eu-west-1:111122223333:${apiId}/authorizers/${authorizerId}`)
    assert.equal(asked.headers.Upgrade, 'websocket')
    assert.equal(asked.headers['content-length'], '0')
    assert.deepEqual(Object.keys(connect.requestContext.authorizer), ['principalId', 'integrationLatency', 'admin', 'age'])
    assert.deepEqual(message.requestContext.authorizer, { principalId: 'tom', admin: 'true', age: '7' })
    await own.stop()
  })

  it('A2.8 answers 403 when the policy denies, and when it allows something else', async () => {
    const { own, url } = await withAuthorizer((event) => ({ principalId: 'tom', policyDocument: event.queryStringParameters.token === 'deny' ? policy('Deny', '*') : policy('Allow', 'arn:aws:execute-api:eu-west-1:111122223333:other/*') }))

    const denied = await refusalOf(own.open(`${url}?token=deny`))
    const other = await refusalOf(own.open(`${url}?token=other`))

    assert.equal(denied.status, 403)
    assert.match(denied.body, /^\{"message": "User is not authorized to access this resource with an explicit deny", /)
    assert.equal(other.status, 403)
    assert.match(other.body, /^\{"message": "User is not authorized to access this resource", /)
    await own.stop()
  })

  it('A2.9 answers 500 when the authorizer fails or answers something else, 401 when it throws Unauthorized', async () => {
    const { own, url } = await withAuthorizer(({ queryStringParameters: { token } }) => {
      if (token === 'strange') return { isAuthorized: true }
      throw new FunctionError(token)
    })

    assert.equal((await refusalOf(own.open(`${url}?token=boom`))).status, 500)
    assert.equal((await refusalOf(own.open(`${url}?token=strange`))).status, 500)
    assert.equal((await refusalOf(own.open(`${url}?token=Unauthorized`))).status, 401)
    await own.stop()
  })

  it('A11.8 asks IAM where the route says AWS_IAM', async () => {
    const { url } = await gateway.api({ $connect: { function: 'welcome', route: { AuthorizationType: 'AWS_IAM' } } })

    const refused = await refusalOf(open(url))

    assert.equal(refused.status, 403)
    assert.equal(refused.headers['x-amzn-errortype'], 'MissingAuthenticationTokenException')
  })

  it('A11.8 lets in whom IAM allows execute-api:Invoke on the route', async () => {
    const { url, apiId } = await gateway.api({ $connect: { function: 'welcome', route: { AuthorizationType: 'AWS_IAM' } } })
    const allowed = await gateway.roleKeys([{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: `arn:aws:execute-api:eu-west-1:111122223333:${apiId}/beta/$connect` }])
    const other = await gateway.roleKeys([{ Effect: 'Allow', Action: 'execute-api:ManageConnections', Resource: '*' }])

    await open(url, { headers: await gateway.signedHeaders(new URL(url).pathname, allowed) })

    const refused = await refusalOf(open(url, { headers: await gateway.signedHeaders(new URL(url).pathname, other) }))
    assert.equal(refused.status, 403)
    assert.match(refused.body, /is not authorized to perform: execute-api:Invoke on resource: /)
  })
})
