import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { DynamoDB } from '@aws-sdk/client-dynamodb'
import { Lambda } from '@aws-sdk/client-lambda'
import { STS } from '@aws-sdk/client-sts'
import { newConnectionId } from '../api-gateway/ids.ts'
import { sendRaw, sendSigned, signed, type RawRequest, type RawResponse } from '../protocol/signed-fetch-testing.ts'
import { startTestCloud } from '../testing.ts'
import { mockChat, type Victim } from './attack-testing.ts'

const json = (target: string, version: string): RawRequest => ({ method: 'POST', headers: { 'x-amz-target': target, 'content-type': `application/x-amz-json-${version}` }, body: '{}' })
const form = (body: string): RawRequest => ({ method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body })

/** One request per service that would work, were it signed. */
const REQUESTS: Record<string, RawRequest> = {
  apigateway: { path: '/v2/apis' },
  cloudformation: form('Action=DescribeStacks&Version=2010-05-15'),
  dynamodb: json('DynamoDB_20120810.ListTables', '1.0'),
  iam: form('Action=ListRoles&Version=2010-05-08'),
  lambda: { path: '/2015-03-31/functions' },
  logs: json('Logs_20140328.DescribeLogGroups', '1.1'),
  s3: { path: '/' },
  ssm: json('AmazonSSM.DescribeParameters', '1.1'),
  sts: form('Action=GetCallerIdentity&Version=2011-06-15'),
}
const MINUTE = 60_000

describe('a request that nobody answers for', () => {
  let aws: Victim
  before(async () => { aws = await startTestCloud() })
  after(() => aws.stop())

  const signing = (service: string) => ({ endpoint: aws.url, service, credentials: aws.keys })
  /** Signs, then spoils the headers. */
  async function spoilt(service: string, request: RawRequest, spoil: (headers: Record<string, string>) => void) {
    const { headers } = await signed(signing(service), request)
    spoil(headers)
    return sendRaw(aws.url, { ...request, headers })
  }
  const isRefused = ({ status, text }: RawResponse, code: RegExp) => {
    assert.ok(status === 400 || status === 403, `${status} ${text}`)
    assert.match(text, code)
    assert.doesNotMatch(text, new RegExp(aws.keys.secretAccessKey))
  }

  for (const [service, request] of Object.entries(REQUESTS))
    describe(`to ${service}`, () => {
      it('works when it is signed, or the rest would prove nothing', async () => {
        assert.equal((await sendSigned(signing(service), request)).status, 200)
      })
      it('is refused unsigned', async () => isRefused(await sendRaw(aws.url, request), /Missing ?Authentication ?Token|AccessDenied/i))
      it('is refused with a wrong secret', async () => isRefused(await sendSigned({ ...signing(service), credentials: { ...aws.keys, secretAccessKey: 'wrong' } }, request), /signature/i))
      it('is refused with a key that nobody has', async () => isRefused(await sendSigned({ ...signing(service), credentials: { ...aws.keys, accessKeyId: 'AKIANOBODYNOBODYNOBO' } }, request), /token|InvalidAccessKeyId/i))
      it('is refused with a session token that nobody gave', async () => isRefused(await sendSigned({ ...signing(service), credentials: { ...aws.keys, sessionToken: 'made-up' } }, request), /token/i))
      it('is refused when it was signed an hour ago, or for tomorrow', async () => {
        for (const ms of [-60 * MINUTE, 24 * 60 * MINUTE]) isRefused(await sendSigned({ ...signing(service), at: new Date(Date.now() + ms) }, request), /expired|not yet current|RequestTimeTooSkewed/i)
      })
      it('is refused when the body, the path, the time or the scope was changed after signing', async () => {
        const claim = (from: RegExp, to: string) => (headers: Record<string, string>) => { headers.authorization = headers.authorization!.replace(from, to) }
        const { headers } = await signed(signing(service), request)
        isRefused(await sendRaw(aws.url, { ...request, path: `${request.path ?? '/'}?a=b`, headers }), /signature/i)
        if (request.body) isRefused(await sendRaw(aws.url, { ...request, body: `${request.body} `, headers }), /signature/i)
        isRefused(await spoilt(service, request, claim(/us-east-1/, 'eu-west-1')), /signature/i)
        isRefused(await spoilt(service, request, claim(/\/[a-z0-9]+\/aws4_request/, service === 'iam' ? '/sts/aws4_request' : '/iam/aws4_request')), /signature/i)
        isRefused(await spoilt(service, request, claim(/Signature=\w{10}/, 'Signature=0000000000')), /signature/i)
        isRefused(await spoilt(service, request, claim(/SignedHeaders=[^,]+/, 'SignedHeaders=x-amz-date')), /Host|SignedHeader/i)
      })
      it('is refused with a claim that cannot be read', async () => {
        for (const authorization of [
          '', 'AWS4-HMAC-SHA256', 'Basic YTpi', 'Bearer x', 'AWS AKIA:x', 'AWS4-HMAC-SHA256 Credential=', 'AWS4-HMAC-SHA256 Credential=////, SignedHeaders=host, Signature=x',
          `AWS4-HMAC-SHA256 Credential=__proto__/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=x`,
          `AWS4-HMAC-SHA256 Credential=${'A'.repeat(5_000)}/20260101/../${service}/aws4_request, SignedHeaders=${'a;'.repeat(5_000)}, Signature=x`,
        ]) {
          const { status } = await sendRaw(aws.url, { ...request, headers: { ...request.headers, authorization } })

          assert.ok(status >= 400 && status < 500, `${status} for ${authorization.slice(0, 60)}`)
        }
      })
    })

  it('is refused at @connections, unsigned, wrongly signed, for another region or service, or by another account', async () => {
    const path = `${await mockChat(aws)}/@connections/${encodeURIComponent(newConnectionId(Date.now()))}`
    const stranger = await aws.addAccount('111111111111')
    const good = { endpoint: aws.url, service: 'execute-api', credentials: aws.keys }

    assert.equal((await sendSigned(good, { path })).status, 410)
    assert.equal((await sendRaw(aws.url, { path })).status, 403)
    for (const signing of [{ ...good, credentials: { ...aws.keys, secretAccessKey: 'x' } }, { ...good, region: 'eu-west-1' }, { ...good, credentials: stranger }, { ...good, at: new Date(Date.now() - 60 * MINUTE) }])
      assert.equal((await sendSigned(signing, { path })).status, 403)
    // A signature for another service is a request to that service, which has no such path.
    assert.match((await sendSigned({ ...good, service: 'lambda' }, { path })).text, /no operation of lambda/)
  })

  it('is not let in by a signature for another service, whatever its target says', async () => {
    const { text } = await sendSigned(signing('sts'), REQUESTS.dynamodb!)

    assert.match(text, /MissingAction/)
  })

  it('finds nothing of another account or region, though it names it', async () => {
    const stranger = await aws.addAccount('222222222222')
    await new DynamoDB(aws.client).createTable({ TableName: 'private', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], BillingMode: 'PAY_PER_REQUEST' })
    const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/private'

    await assert.rejects(new DynamoDB({ ...aws.client, credentials: stranger }).describeTable({ TableName: table }))
    await assert.rejects(new DynamoDB({ ...aws.client, credentials: stranger }).scan({ TableName: table }))
    await assert.rejects(new DynamoDB({ ...aws.client, region: 'eu-west-1' }).describeTable({ TableName: 'private' }), { name: 'ResourceNotFoundException' })
    await assert.rejects(new Lambda({ ...aws.client, credentials: stranger }).getFunction({ FunctionName: 'arn:aws:lambda:us-east-1:000000000000:function:chat' }))
    await assert.rejects(new STS({ ...aws.client, credentials: stranger }).assumeRole({ RoleArn: 'arn:aws:iam::000000000000:role/cdk-hnb659fds-deploy-role-000000000000-us-east-1', RoleSessionName: 'x' }), { name: 'AccessDenied' })
  })
})
