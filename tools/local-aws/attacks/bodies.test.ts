import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { CloudFormation } from '@aws-sdk/client-cloudformation'
import { Lambda } from '@aws-sdk/client-lambda'
import { IAM } from '@aws-sdk/client-iam'
import { S3 } from '@aws-sdk/client-s3'
import { zipOf } from '../lambda/testing.ts'
import { sendSigned } from '../protocol/signed-fetch-testing.ts'
import { startTestCloud } from '../testing.ts'
import { HANDSHAKE, mockChat, requestLines, say, type Victim } from './attack-testing.ts'

const laughs = (open: string, close: string) => Array.from({ length: 12 }, (_, at) => `${open}l${at + 1} "${`&l${at};`.repeat(10)}"${close}`).join('')

describe('a body that means harm', () => {
  let aws: Victim
  before(async () => {
    aws = await startTestCloud()
    await new S3({ ...aws.client, forcePathStyle: true }).createBucket({ Bucket: 'attic' })
  })
  after(() => aws.stop())
  const signing = (service: string) => ({ endpoint: aws.url, service, credentials: aws.keys })

  describe('in XML (XXE, billion laughs)', () => {
    for (const [what, xml] of [
      ['an entity that is a file', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Tagging><TagSet><Tag><Key>k</Key><Value>&x;</Value></Tag></TagSet></Tagging>'],
      ['an entity from elsewhere', '<!DOCTYPE a [<!ENTITY x SYSTEM "http://192.0.2.1/x">]><Tagging><TagSet><Tag><Key>k</Key><Value>&x;</Value></Tag></TagSet></Tagging>'],
      ['a document type from elsewhere', '<!DOCTYPE a SYSTEM "http://192.0.2.1/x.dtd"><Tagging><TagSet></TagSet></Tagging>'],
      ['entities within entities', `<!DOCTYPE a [<!ENTITY l0 "lol">${laughs('<!ENTITY ', '>')}]><Tagging><TagSet><Tag><Key>k</Key><Value>&l12;</Value></Tag></TagSet></Tagging>`],
      ['an entity of its own', '<!DOCTYPE a [<!ENTITY x "&x;">]><Tagging><TagSet><Tag><Key>k</Key><Value>&x;</Value></Tag></TagSet></Tagging>'],
      ['a parameter entity', '<!DOCTYPE a [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]><Tagging/>'],
      ['200 000 elements inside each other', '<a>'.repeat(200_000)],
      ['20 000 attributes', `<Tagging ${Array.from({ length: 20_000 }, (_, at) => `a${at}="b"`).join(' ')}/>`],
      ['a comment without end', `<Tagging><!--${'-'.repeat(500_000)}`],
      ['names that every object has', '<Tagging><__proto__><polluted>1</polluted></__proto__><constructor><prototype><polluted>1</polluted></prototype></constructor></Tagging>'],
    ] as const)
      it(`with ${what} is answered soon, reads nothing and expands nothing`, async () => {
        const begin = performance.now()
        const memory = process.memoryUsage.rss()
        const { status, text } = await sendSigned(signing('s3'), { method: 'PUT', path: '/attic?tagging', headers: { 'content-type': 'application/xml' }, body: xml })

        assert.ok(status < 500 || status === 501, `${status} ${text}`)
        assert.doesNotMatch(text, /root:|lollol/)
        assert.ok(performance.now() - begin < 2_000)
        assert.ok(process.memoryUsage.rss() - memory < 200 * 1024 * 1024)
        assert.equal(({} as Record<string, unknown>).polluted, undefined)
        const kept = await sendSigned(signing('s3'), { path: '/attic?tagging' })
        assert.doesNotMatch(kept.text, /root:|lollol/)
      })
  })

  describe('in a template', () => {
    for (const [what, body] of [
      ['anchors within anchors', `a0: &a0 [lol, lol]\n${Array.from({ length: 15 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at},`.repeat(10)}]`).join('\n')}\nResources: {A: {Type: "AWS::Logs::LogGroup", Properties: {LogGroupName: *a15}}}`],
      ['an anchor inside itself', 'Resources: &a {A: *a}'],
      ['an anchor that is not there', 'Resources: *nowhere'],
      ['a merge of what is no map', 'Resources: {<<: [1, 2], A: {Type: "AWS::Logs::LogGroup"}}'],
      ['a merge of a prototype', 'Resources: {<<: {__proto__: {polluted: 1}}, A: {Type: "AWS::X::Y"}}'],
      ['tags that make things', 'Resources: !!js/function "function () { return 1 }"'],
      ['20 000 lists inside each other', `{"Resources":{"A":{"Type":"AWS::Logs::LogGroup","Properties":{"LogGroupName":${'['.repeat(20_000)}${']'.repeat(20_000)}}}}}`],
      ['8 000 functions inside each other', `{"Resources":{"A":{"Type":"AWS::Logs::LogGroup","Properties":{"LogGroupName":${'{"Fn::Base64":'.repeat(3_500)}"x"${'}'.repeat(3_500)}}}}}`],
      ['20 000 brackets in YAML', '['.repeat(20_000)],
      ['conditions inside each other', `{"Conditions":{"C":${'{"Fn::Not":['.repeat(3_500)}{"Fn::Equals":["a","a"]}${']}'.repeat(3_500)}},"Resources":{"A":{"Type":"AWS::Logs::LogGroup"}}}`],
      ['a nought', '\0'], ['two documents', 'a: 1\n---\nb: 2'], ['a number', '7'], ['bytes that are no text', '\ufffe\ufffd{'], ['nothing but comments', '# x'],
    ] as const)
      it(`with ${what} is a ValidationError, soon`, async () => {
        const cloudFormation = new CloudFormation(aws.client)
        const begin = performance.now()
        await assert.rejects(cloudFormation.validateTemplate({ TemplateBody: body }), { name: 'ValidationError' })
        await assert.rejects(cloudFormation.createStack({ StackName: 'harm', TemplateBody: body }), { name: 'ValidationError' })

        assert.ok(performance.now() - begin < 3_000)
        assert.equal(({} as Record<string, unknown>).polluted, undefined)
      })
  })

  it('in a template as a chain of 1 500 conditions, or a circle of them, ends', async () => {
    const cloudFormation = new CloudFormation(aws.client)
    for (const last of [{ 'Fn::Equals': ['a', 'b'] }, { Condition: 'C0' }]) {
      const Conditions = { ...Object.fromEntries(Array.from({ length: 1_500 }, (_, at) => [`C${at}`, { Condition: `C${at + 1}` }])), C1500: last }
      const made = cloudFormation.createStack({ StackName: `chain-${Object.keys(last)[0]!.length}`, TemplateBody: JSON.stringify({ Conditions, Resources: { A: { Type: 'AWS::Logs::LogGroup' } } }) })

      await made.catch(({ name }) => assert.equal(name, 'ValidationError'))
    }
  })

  it('in a bucket\'s policy is refused where it is none, and locks nobody out', async () => {
    const s3 = new S3({ ...aws.client, forcePathStyle: true })
    await s3.createBucket({ Bucket: 'locked' })
    for (const Policy of ['7', '[]', '{}', '{"Statement":[{"Effect":"Allow","Principal":"*","Action":5,"Resource":"*"}]}', '{"Statement":[{"Effect":"Deny","Principal":{"AWS":{"x":1}},"Action":"*","Resource":"*"}]}', `{"Statement":[{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"StringLike":{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}}}]}`]) {
      await assert.rejects(s3.putBucketPolicy({ Bucket: 'locked', Policy }), { name: 'MalformedPolicy' }, Policy.slice(0, 80))
      await s3.headBucket({ Bucket: 'locked' })
    }
    await s3.putBucketPolicy({ Bucket: 'locked', Policy: '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::locked/*"}}' })
  })

  it('in a function\'s event pollutes nothing, here or there', async () => {
    const { Role } = await new IAM(aws.client).createRole({ RoleName: 'echo', AssumeRolePolicyDocument: '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}}' })
    const lambda = new Lambda(aws.client)
    await lambda.createFunction({ FunctionName: 'echo', Role: Role!.Arn, Runtime: 'nodejs22.x', Handler: 'i.handler', Code: { ZipFile: zipOf({ 'i.js': 'exports.handler = async (event) => ({ own: Object.keys(event), polluted: {}.polluted ?? null })' }) } })
    await active(lambda, 'echo')

    const { Payload } = await lambda.invoke({ FunctionName: 'echo', Payload: Buffer.from('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}') })

    assert.deepEqual(JSON.parse(Buffer.from(Payload!).toString()), { own: ['__proto__', 'constructor'], polluted: null })
    assert.equal(({} as Record<string, unknown>).polluted, undefined)
  })

  describe('or a name with line ends in it (header injection; mailpit GHSA-54wq-72mp-cq7c)', () => {
    const evil = 'a\r\nSet-Cookie: b=c\r\n\r\n<script>'

    it('comes back from S3 encoded, or not at all', async () => {
      const s3 = new S3({ ...aws.client, forcePathStyle: true })
      for (const header of ['ContentType', 'ContentDisposition', 'CacheControl', 'ContentLanguage'] as const)
        await s3.putObject({ Bucket: 'attic', Key: 'k', Body: 'x', [header]: evil }).then(() => assert.fail(header), () => { /* no client sends it */ })
      const presigned = await sendSigned(signing('s3'), { path: `/attic/k?response-content-type=${encodeURIComponent(evil)}&response-content-disposition=${encodeURIComponent(evil)}` })
      const located = await sendSigned(signing('s3'), { method: 'PUT', path: `/${encodeURIComponent(evil)}` })
      for (const { headers, status } of [presigned, located]) {
        assert.equal(headers['set-cookie'], undefined)
        assert.ok(status < 500 || status === 501)
      }
    })

    it('in a path, a query or a target is answered without its line ends', async () => {
      for (const [service, request] of [
        ['lambda', { path: `/2015-03-31/functions/${encodeURIComponent(evil)}` }], ['apigateway', { path: `/v2/apis/${encodeURIComponent(evil)}` }],
        ['iam', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `Action=${encodeURIComponent(evil)}` }], ['iam', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `Action=GetRole&RoleName=${encodeURIComponent(evil)}` }],
      ] as const) {
        const { status, headers, text } = await sendSigned(signing(service), request)

        assert.ok(status >= 400 && status < 500, `${service}: ${status}`)
        assert.equal(headers['set-cookie'], undefined)
        if (/xml/.test(headers['content-type']!)) assert.doesNotMatch(text, /<script>/)
        assert.match(headers['content-type']!, /json|text\/xml/, 'no browser shows it as a page')
      }
    })

    it('in a handshake is refused, or chosen by nobody', async () => {
      const chat = await mockChat(aws)
      for (const target of [`${chat}?a=${encodeURIComponent(evil)}`, `${chat}%0d%0aSet-Cookie:b=c`]) {
        const { head } = await say(aws.port, requestLines('GET', target, { Host: 'localhost', ...HANDSHAKE }))

        assert.doesNotMatch(head, /^set-cookie/im)
      }
    })

    it('as answer of an authorizer or function is no header of the handshake but a token', async () => {
      const { headers, status } = await sendSigned(signing('execute-api'), { path: `${await mockChat(aws)}/@connections/${encodeURIComponent(evil)}` })

      assert.ok(status >= 400 && status < 500)
      assert.equal(headers['set-cookie'], undefined)
    })
  })

  it('as error of a service is never of a type that a browser would show as a page', async () => {
    for (const target of ['/<script>alert(1)</script>', '/?Action=<script>', '/2015-03-31/functions/<script>', '/_workshop/<script>', '/_lambda-code/<script>', '/abcdefghij/<script>']) {
      const { head } = await say(aws.port, requestLines('GET', encodeURI(target), { Host: 'localhost' }))

      assert.doesNotMatch(head, /content-type: text\/html/i, target)
    }
  })
})

async function active(lambda: Lambda, FunctionName: string) {
  while ((await lambda.getFunctionConfiguration({ FunctionName })).State === 'Pending') await new Promise((resolve) => { setTimeout(resolve, 5) })
}
