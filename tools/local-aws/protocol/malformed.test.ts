import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { sendSigned, type RawRequest } from './signed-fetch-testing.ts'
import { startWire, testKeys } from './wire-testing.ts'

const ssm = (body: string): RawRequest => ({ method: 'POST', headers: { 'x-amz-target': 'AmazonSSM.GetParametersByPath', 'content-type': 'application/x-amz-json-1.1' }, body })
const lambda = (body: string): RawRequest => ({ method: 'POST', path: '/2015-03-31/functions', body })
const iam = (body: string): RawRequest => ({ method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body })
const s3 = (body: string): RawRequest => ({ method: 'POST', path: '/bucket?delete', body })

describe('a signed request that cannot be read', () => {
  let wire: Awaited<ReturnType<typeof startWire>>
  before(async () => { wire = await startWire() })
  after(() => wire.stop())
  beforeEach(() => { wire.received.length = 0 })

  const cases: [what: string, service: string, request: RawRequest, body: RegExp][] = [
    ['JSON that ends too soon', 'ssm', ssm('{"Path":'), /#SerializationException","message":"The request body is not valid JSON\."}$/],
    ['a list for the whole', 'ssm', ssm('[]'), /#SerializationException","message":"Expected an object at GetParametersByPathRequest, got a list\."/],
    ['a number for a text', 'ssm', ssm('{"Path":7}'), /Expected a string at GetParametersByPathRequest\.Path, got a number/],
    ['a text for a flag', 'ssm', ssm('{"Path":"/","Recursive":"yes"}'), /Recursive, got a string/],
    ['null in a list', 'ssm', ssm('{"Path":"/","ParameterFilters":[null]}'), /ParameterFilters\.0, got null/],
    ['an object for a function', 'lambda', lambda('{"FunctionName":{}}'), /^{"message":"Expected a string at CreateFunctionRequest\.FunctionName, got an object\."}$/],
    ['a path that is not percent-encoded', 'lambda', { path: '/2015-03-31/functions/%zz' }, /malformed percent-encoding: %zz/],
    ['a number in the address that is none', 'lambda', { path: '/2015-03-31/functions/?MaxItems=ten' }, /Value 'ten' at 'MaxItems' is not a number/],
    ['a number in a form that is none', 'iam', iam('Action=ListRoles&MaxItems=ten'), /<Code>MalformedInput<\/Code><Message>Value 'ten' at 'MaxItems' is not a number</],
    ['a required member of a list item', 'iam', iam('Action=TagRole&RoleName=r&Tags.member.1.Value=v'), /<Code>ValidationError<\/Code>.*'tags\.1\.member\.key'/],
    ['XML that ends too soon', 's3', s3('<Delete><Object><Key>a</Key>'), /<Code>MalformedXML<\/Code>/],
    ['an element for a text', 's3', s3('<Delete><Object><Key><b/></Key></Object></Delete>'), /<Code>MalformedXML<\/Code>/],
    ['an object without its key', 's3', s3('<Delete><Object/></Delete>'), /<Code>MalformedXML<\/Code>/],
    ['no XML at all', 's3', s3(''), /<Code>MalformedXML<\/Code>/],
    ['a number of keys that is none', 's3', { path: '/bucket?list-type=2&max-keys=many' }, /<Code>InvalidArgument<\/Code><Message>Value 'many' at 'MaxKeys' is not a number</],
    ['chunks that are none', 's3', { method: 'PUT', path: '/bucket/key', headers: { 'content-encoding': 'aws-chunked' }, body: 'zz\r\n' }, /<Code>IncompleteBody<\/Code><Message>The body is not a complete aws-chunked stream\./],
  ]
  for (const [what, service, request, body] of cases)
    it(`has ${what}`, async () => {
      const answer = await sendSigned({ endpoint: wire.endpoint, service, credentials: testKeys }, request)

      assert.equal(answer.status, 400)
      assert.match(answer.text, body)
      assert.equal(wire.received.length, 0)
    })

  it('has entities that multiply', async () => {
    const entities = Array.from({ length: 12 }, (_, index) => `<!ENTITY e${index + 1} "${`&e${index};`.repeat(10)}">`).join('')
    const body = `<!DOCTYPE a [<!ENTITY e0 "lol">${entities}]><Delete><Object><Key>&e12;</Key></Object></Delete>`

    await sendSigned({ endpoint: wire.endpoint, service: 's3', credentials: testKeys }, s3(body))

    assert.ok(JSON.stringify(wire.received.map(({ input }) => input)).length < 1000)
  })
})
