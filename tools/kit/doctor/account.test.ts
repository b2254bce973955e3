import assert from 'node:assert/strict'
import { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2'
import { IAM } from '@aws-sdk/client-iam'
import { SSM } from '@aws-sdk/client-ssm'
import { STS } from '@aws-sdk/client-sts'
import { after, before, describe, it } from 'node:test'
import { WebSocketServer } from 'ws'
import { startTestCloud } from '../../local-aws/testing.ts'
import { diagnose } from '../../mistakes/diagnose.ts'
import { awsAccess, type Credentials } from './aws-access.ts'
import { probeBootstrap, probeCredentials, probeLambda, probeWebSocket } from './account.ts'
import { gather } from './gather.ts'
import { probeNetwork } from './network.ts'
import { probePermissions } from './permissions.ts'
import { testPlace, testServer } from './testing.ts'
import { handshake } from './web-socket.ts'

const removals: (() => void)[] = []
const place = (given: Parameters<typeof testPlace>[0] = {}) => {
  const made = testPlace(given)
  removals.push(made.remove)
  return made.place
}

/** A chain of providers that ends like this. */
const failing = (message: string) => async (): Promise<never> => { throw Object.assign(new Error(message), { name: 'CredentialsProviderError' }) }

const ws = (url: string) => url.replace('http', 'ws')

describe('an account, played by a local AWS behind an explicit endpoint', () => {
  let aws: Awaited<ReturnType<typeof startTestCloud>>
  before(async () => { aws = await startTestCloud() })
  after(async () => {
    await aws.stop()
    for (const remove of removals) remove()
  })
  const participant = (given = {}) => place({
    settings: { cloud: 'aws', region: 'us-east-1' }, environment: { AWS_ENDPOINT_URL: aws.url, npm_config_registry: aws.url }, event: { account: '000000000000', region: 'us-east-1' }, ...given,
  })
  const access = (credentials: Credentials = aws.keys) => awsAccess(participant(), 'us-east-1', credentials)

  it('is looked at from end to end, with nothing to mend', async () => {
    const api = await new ApiGatewayV2(aws.client).createApi({ Name: 'x', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' })
    const facts = await gather(participant(), { credentials: aws.keys })
    await new ApiGatewayV2(aws.client).deleteApi({ ApiId: api.ApiId })

    assert.equal(facts.notKnown, undefined)
    assert.equal(facts.credentials!.identity, 'arn:aws:iam::000000000000:user/workshop')
    assert.deepEqual(facts.bootstrap, { version: 33 })
    assert.equal(facts.webSocket!.status, 403)
    assert.deepEqual(facts.permissions, { denied: [], asked: 6 })
    assert.ok(Math.abs(facts.clock!.skewSeconds) <= 2)
    const own = diagnose(facts).filter(({ subject }) => ['endpoints', 'clock', 'credentials', 'region', 'bootstrap', 'lambda', 'permissions', 'webSocket'].includes(subject))
    assert.deepEqual(own.map(({ id }) => id), ['concurrency-of-a-new-account', 'aws-endpoint-in-the-shell'])
  })

  it('has no API to knock at before the first deploy', async () => {
    await assert.rejects(probeWebSocket(access()), /no WebSocket API yet/)
  })

  it('refuses keys that it does not know', async () => {
    const { status, message } = await probeCredentials(access({ accessKeyId: 'AKIANOBODYKNOWSTHIS1', secretAccessKey: 'x' }), participant())

    assert.equal(status, 'refused')
    assert.match(message!, /security token included in the request is invalid/)
  })

  it('knows how long temporary keys last', async () => {
    const { Credentials: keys } = await new STS(aws.client).getSessionToken({ DurationSeconds: 900 })
    const provider = async () => ({ accessKeyId: keys!.AccessKeyId!, secretAccessKey: keys!.SecretAccessKey!, sessionToken: keys!.SessionToken!, expiration: keys!.Expiration! })

    const { status, minutesLeft } = await probeCredentials(access(provider), participant())

    assert.equal(status, 'ok')
    assert.ok(minutesLeft! >= 14 && minutesLeft! <= 15, String(minutesLeft))
  })

  it('has no keys where the chain finds none, and no profile where none is written', async () => {
    assert.equal((await probeCredentials(access(failing('Could not load credentials from any providers')), participant())).status, 'none')
    assert.equal((await probeCredentials(access(failing('The SSO session associated with this profile has expired.')), participant())).status, 'expired')
    assert.equal((await probeCredentials(access(), participant({ settings: { cloud: 'aws', profile: 'nobody' } }))).status, 'no-profile')
  })

  it('is not bootstrapped without its parameter, and may forbid to look', async () => {
    const undo = aws.faults.set({ kind: 'deny', action: 'ssm:GetParameter' })
    assert.deepEqual(await probeBootstrap(access()), { denied: true })
    undo()
    await new SSM(aws.client).deleteParameter({ Name: '/cdk-bootstrap/hnb659fds/version' })

    assert.deepEqual(await probeBootstrap(access()), {})
    await new SSM(aws.client).putParameter({ Name: '/cdk-bootstrap/hnb659fds/version', Value: '4', Type: 'String' })
    assert.deepEqual(await probeBootstrap(access()), { version: 4 })
  })

  it('tells how many functions may run at once', async () => {
    const { concurrent, unreserved } = await probeLambda(access())

    assert.ok(concurrent! > 0)
    assert.equal(unreserved, concurrent)
  })

  it('tells the rights that a user lacks, and not those that nobody may ask for', async () => {
    const iam = new IAM(aws.client)
    const { User } = await iam.createUser({ UserName: 'ada' })
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['sts:AssumeRole', 'dynamodb:*', 'cloudformation:*'], Resource: '*' }] })
    await iam.putUserPolicy({ UserName: 'ada', PolicyName: 'some', PolicyDocument })

    assert.deepEqual((await probePermissions(access(), { status: 'ok', account: '000000000000', identity: User!.Arn! }))!.denied, ['apigateway:GET', 'lambda:InvokeFunction', 'logs:FilterLogEvents'])
    aws.faults.set({ kind: 'deny', action: 'iam:SimulatePrincipalPolicy' }, 'nobody')
    await assert.rejects(probePermissions(access(), { status: 'ok', account: '000000000000', identity: User!.Arn! }), /not authorized/)
    aws.faults.remove('nobody')
  })

  it('finds a role by its name, because a session does not tell its path', async () => {
    const iam = new IAM(aws.client)
    await iam.createRole({ RoleName: 'deployer', Path: '/team/', AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: '000000000000' }, Action: 'sts:AssumeRole' }] }) })

    const { denied, asked } = (await probePermissions(access(), { status: 'ok', account: '000000000000', identity: 'arn:aws:sts::000000000000:assumed-role/deployer/ada' }))!

    assert.equal(denied.length, asked)
  })
})

describe('an account, played by a tiny fake', () => {
  it('expires a session', async () => {
    const fake = await testServer((_, response) => response.writeHead(403, { 'content-type': 'text/xml' })
      .end('<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>ExpiredToken</Code><Message>The security token included in the request is expired</Message></Error></ErrorResponse>'))
    const here = place({ environment: { AWS_ENDPOINT_URL: fake.url } })

    const found = await probeCredentials(awsAccess(here, 'us-east-1', { accessKeyId: 'a', secretAccessKey: 'b' }), here)

    await fake.stop()
    assert.equal(found.status, 'expired')
  })

  it('does not know a runtime', async () => {
    const fake = await testServer((request, response) => {
      if (request.url!.includes('account-settings')) return response.writeHead(200, { 'content-type': 'application/json' }).end('{"AccountLimit":{"ConcurrentExecutions":10,"UnreservedConcurrentExecutions":10}}')
      const runtime = new URL(request.url!, 'http://x').searchParams.get('CompatibleRuntime')!
      if (runtime === 'nodejs24.x') return response.writeHead(500).end()
      response.writeHead(400, { 'content-type': 'application/json', 'x-amzn-errortype': 'ValidationException' })
        .end(JSON.stringify({ message: `1 validation error detected: Value '${runtime}' at 'compatibleRuntime' failed to satisfy constraint: Member must satisfy enum value set: [nodejs20.x]` }))
    })
    const here = place({ environment: { AWS_ENDPOINT_URL: fake.url } })

    const facts = await probeLambda(awsAccess(here, 'us-east-1', { accessKeyId: 'a', secretAccessKey: 'b' }))

    await fake.stop()
    assert.deepEqual(facts, { concurrent: 10, unreserved: 10, runtimes: { 'nodejs22.x': false } })
  })

  it('has another time, and endpoints that are not there', async () => {
    const late = await testServer((_, response) => response.writeHead(302, { date: new Date(Date.now() + 3_600_000).toUTCString() }).end())
    const gone = await testServer(() => {})
    await gone.stop()

    const { clock, endpoints } = await probeNetwork({ endpoint: (service) => service === 'sts' ? late.url : gone.url })

    await late.stop()
    assert.ok(Math.abs(clock!.skewSeconds + 3600) <= 2, String(clock!.skewSeconds))
    assert.deepEqual(endpoints!.map(({ status, error }) => status ?? error), [302, 'ECONNREFUSED'])
  })
})

describe('a handshake', () => {
  it('lets in, says good-bye, and tells the status', async () => {
    const { server, url, stop } = await testServer((_, response) => response.end())
    const sockets = new WebSocketServer({ server })
    const closed = new Promise<number>((resolve) => { sockets.on('connection', (socket) => socket.on('close', resolve)) })

    const facts = await handshake(ws(url), { expected: 101 })

    assert.equal(facts.status, 101)
    assert.equal(await closed, 1000)
    sockets.close()
    await stop()
  })

  it('tells who refuses, who is not there, who says nothing, and what is no URL', async () => {
    const refusing = await testServer(() => {})
    refusing.server.on('upgrade', (_, socket) => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n'))
    const silent = await testServer(() => {})
    silent.server.on('upgrade', (_, socket) => { socket.on('error', () => {}) })

    const statuses = await Promise.all([handshake(ws(refusing.url), { expected: 403 }), handshake(ws(silent.url), { expected: 403, limitMs: 100 }), handshake('chat.example.com', { expected: 101 })])
    await Promise.all([refusing.stop(), silent.stop()])

    assert.deepEqual(statuses.map(({ status, error }) => status ?? error), [407, 'no answer within 0.1 s', statuses[2]!.error])
    assert.match(statuses[2]!.error!, /Invalid URL/)
    assert.equal((await handshake(ws(refusing.url), { expected: 403 })).error, 'ECONNREFUSED')
  })
})
