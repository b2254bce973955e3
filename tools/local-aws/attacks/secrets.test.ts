import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, before, describe, it } from 'node:test'
import { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2'
import { CloudFormation } from '@aws-sdk/client-cloudformation'
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs'
import { IAM } from '@aws-sdk/client-iam'
import { Lambda } from '@aws-sdk/client-lambda'
import { SSM } from '@aws-sdk/client-ssm'
import { STS } from '@aws-sdk/client-sts'
import { WebSocket } from 'ws'
import type { CloudEvent } from '../events.ts'
import { zipOf } from '../lambda/testing.ts'
import { sendRaw, sendSigned, signed } from '../protocol/signed-fetch-testing.ts'
import { startTestCloud } from '../testing.ts'
import { mockChat, type Victim } from './attack-testing.ts'

const NO_ECHO = 'no-echo-value-3f9c'
const SECURE = 'secure-string-value-77ab'
const trust = (principal: object) => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }] })

describe('a secret', () => {
  let aws: Victim
  const seen: CloudEvent[] = []
  const printed: string[] = []
  const answers: string[] = []
  const secrets = new Set<string>([NO_ECHO, SECURE])
  const { error } = console
  before(async () => {
    aws = await startTestCloud()
    aws.events.on((event) => { seen.push(event) })
    console.error = (...values) => { printed.push(values.map((value) => value instanceof Error ? `${value.stack}` : String(value)).join(' ')) }
    for (const secret of [aws.keys.secretAccessKey, aws.token]) secrets.add(secret)
    await liveThrough()
  })
  after(async () => {
    console.error = error
    await aws.stop()
  })

  /** Keys made, roles assumed, functions run, a stack with a NoEcho parameter, and everything refused that can be. */
  async function liveThrough() {
    const iam = new IAM(aws.client)
    await iam.createUser({ UserName: 'ana' })
    const { AccessKey } = await iam.createAccessKey({ UserName: 'ana' })
    secrets.add(AccessKey!.SecretAccessKey!)
    const { Role } = await iam.createRole({ RoleName: 'chat', AssumeRolePolicyDocument: trust({ AWS: '000000000000', Service: 'lambda.amazonaws.com' }) })
    await iam.putRolePolicy({ RoleName: 'chat', PolicyName: 'logs', PolicyDocument: '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"logs:*","Resource":"*"}}' })
    const { Credentials } = await new STS(aws.client).assumeRole({ RoleArn: Role!.Arn, RoleSessionName: 'session' })
    for (const secret of [Credentials!.SecretAccessKey!, Credentials!.SessionToken!]) secrets.add(secret)
    const session = { accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken! }
    answers.push(JSON.stringify([await iam.listAccessKeys({ UserName: 'ana' }), await iam.getUser({ UserName: 'ana' }), await iam.getRole({ RoleName: 'chat' })]))

    const ssm = new SSM(aws.client)
    await ssm.putParameter({ Name: 'pin', Value: SECURE, Type: 'SecureString' })
    answers.push(JSON.stringify([await ssm.getParameter({ Name: 'pin' }), await ssm.describeParameters({})]))

    const lambda = new Lambda(aws.client)
    await lambda.createFunction({ FunctionName: 'f', Role: Role!.Arn, Runtime: 'nodejs22.x', Handler: 'i.handler', Code: { ZipFile: zipOf({ 'i.js': 'exports.handler = async () => { console.log("ran"); console.error(new Error("an error")); throw new Error("failed") }' }) } })
    while ((await lambda.getFunctionConfiguration({ FunctionName: 'f' })).State === 'Pending') await new Promise((resolve) => { setTimeout(resolve, 5) })
    const invoked = await lambda.invoke({ FunctionName: 'f', LogType: 'Tail' })
    answers.push(Buffer.from(invoked.Payload!).toString(), Buffer.from(invoked.LogResult!, 'base64').toString(), JSON.stringify((await lambda.getFunction({ FunctionName: 'f' })).Configuration))
    answers.push(JSON.stringify(await new CloudWatchLogs(aws.client).filterLogEvents({ logGroupName: '/aws/lambda/f' })))

    const cloudFormation = new CloudFormation(aws.client)
    const TemplateBody = JSON.stringify({ Parameters: { Pin: { Type: 'String', NoEcho: true } }, Resources: { A: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/x' } }, B: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Name: 'bad name!', Value: { Ref: 'Pin' } } } } })
    await cloudFormation.createStack({ StackName: 'pins', TemplateBody, Parameters: [{ ParameterKey: 'Pin', ParameterValue: NO_ECHO }] })
    while ((await cloudFormation.describeStacks({ StackName: 'pins' })).Stacks![0]!.StackStatus!.endsWith('IN_PROGRESS')) await new Promise((resolve) => { setTimeout(resolve, 5) })
    answers.push(JSON.stringify([await cloudFormation.describeStacks({ StackName: 'pins' }), await cloudFormation.describeStackEvents({ StackName: 'pins' }), await cloudFormation.getTemplateSummary({ StackName: 'pins' })]))

    const chat = await mockChat(aws)
    const client = new WebSocket(`${aws.url.replace('http', 'ws')}${chat}`)
    await once(client, 'open')
    client.send('{}')
    await once(client, 'message')
    client.close()
    await once(client, 'close')

    await refusals(session, chat)
    await new ApiGatewayV2(aws.client).getApis({})
  }

  async function refusals(session: { accessKeyId: string, secretAccessKey: string, sessionToken: string }, chat: string) {
    const services = { 'lambda': '/2015-03-31/functions', 'apigateway': '/v2/apis', 's3': '/', 'execute-api': `${chat}/@connections/x` }
    for (const [service, path] of Object.entries(services)) {
      const signing = { endpoint: aws.url, service, credentials: aws.keys }
      const tampered = await signed(signing, { path })
      answers.push((await sendRaw(aws.url, { ...tampered, path: `${path}?a=b` })).text)
      answers.push((await sendSigned({ ...signing, credentials: { ...session, sessionToken: 'other' } }, { path })).text)
      answers.push((await sendSigned({ ...signing, credentials: session, at: new Date(Date.now() - 3_600_000) }, { path })).text)
      answers.push((await sendSigned({ ...signing, credentials: session }, { path })).text)
      answers.push((await sendRaw(aws.url, { path, headers: { authorization: `Bearer ${aws.token.slice(1)}` } })).text)
    }
    answers.push((await sendRaw(aws.url, { path: '/_workshop/events', headers: { authorization: 'Bearer x' } })).text)
    answers.push((await sendRaw(aws.url, { path: '/_workshop/faults/x', method: 'PUT', headers: { authorization: `Bearer ${aws.token}` }, body: '{' })).text)
  }

  const holding = (texts: string[]) => texts.flatMap((text) => [...secrets].filter((secret) => text.includes(secret)).map((secret) => `${secret.slice(0, 6)}… in ${text.slice(0, 300)}`))

  it('was made, several of them, or this file would prove nothing', () => {
    assert.ok(secrets.size >= 7)
    assert.ok(seen.some(({ kind }) => kind === 'invocation') && seen.some(({ kind }) => kind === 'decision') && seen.some(({ kind }) => kind === 'stack') && seen.some(({ kind }) => kind === 'frame'))
  })
  it('stands in no event of the page', () => assert.deepEqual(holding(seen.map((event) => JSON.stringify(event))), []))
  it('stands in no line of the log of the local AWS', () => assert.deepEqual(holding(printed), []))
  it('stands in no answer and no error but the one that it was made for', () => assert.deepEqual(holding(answers), []))
})
