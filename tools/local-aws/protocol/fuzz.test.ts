import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { ServiceDefinition } from '../service.ts'
import { createRandom } from './random-testing.ts'
import { createSampler } from './sample-testing.ts'
import { membersOf, readModel } from './service-model.ts'
import { sendRaw, sendSigned, type RawRequest, type RawResponse } from './signed-fetch-testing.ts'
import { serviceNames, startWire, testKeys } from './wire-testing.ts'

const REQUESTS = 500

type Seed = { signingName: string, request: RawRequest }

describe('whatever is sent', () => {
  const random = createRandom()
  let wire: Awaited<ReturnType<typeof startWire>>
  let seeds: Seed[]
  before(async () => {
    wire = await startWire()
    seeds = (await Promise.all(wire.services.map((definition) => validRequests(definition)))).flat()
  })
  after(() => wire.stop())

  /** Some requests of each client, as it would send them. */
  async function validRequests(definition: ServiceDefinition): Promise<Seed[]> {
    const sdk = await definition.load() as Record<string, any>
    const model = readModel(definition, sdk)
    const operations = [...model.operations.values()].filter(({ input }) => !membersOf(input).some(([, member]) => member.isStreaming()))
    const sample = createSampler()
    const made: Seed[] = []
    for (let count = 0; count < 12; count += 1) {
      const { name, input } = random.pick(operations)
      const captured = await capture(sdk, name, sample(input))
      if (captured) made.push({ signingName: definition.signingName, request: captured })
    }
    return made
  }

  async function capture(sdk: Record<string, any>, name: string, input: unknown): Promise<RawRequest | undefined> {
    let request: RawRequest | undefined
    const handler = {
      async handle({ method, path, query, headers, body }: any) {
        const pairs = Object.entries<string | string[] | null>(query).flatMap(([key, value]) => [value].flat().map((one) => `${encodeURIComponent(key)}=${encodeURIComponent(one ?? '')}`))
        request = { method, path: pairs.length > 0 ? `${path}?${pairs.join('&')}` : path, headers: contentHeaders(headers), body: typeof body === 'string' ? body : new Uint8Array(body ?? []) }
        throw new Error('captured')
      },
    }
    const clientName = Object.keys(sdk).find((key) => /^[A-Z].*Client$/.test(key))!
    await new sdk[clientName]({ ...wire.client, requestHandler: handler }).send(new sdk[`${name}Command`](input)).catch(() => {})
    return request
  }

  /** Changes a request in one to three places. */
  function damage({ method = 'GET', path = '/', headers = {}, body = '' }: RawRequest): RawRequest {
    const damaged = { method, path, headers: { ...headers }, body }
    const bytes = () => Buffer.from(damaged.body as string)
    const position = () => random.integer(Math.max(bytes().length, 1))
    const ways: (() => void)[] = [
      () => { damaged.body = bytes().subarray(0, position()) },
      () => { damaged.body = Buffer.concat([bytes().subarray(0, position()), random.bytes(6), bytes().subarray(position())]) },
      () => { damaged.body = random.bytes(60) },
      () => { damaged.body = random.pick(['', 'null', '[]', '"x"', '7', '{', '{"a":', '<a>', '<a></b>', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', '&&==&', 'Action', '%', '[['.repeat(20_000), '<a>'.repeat(20_000), '{"L":['.repeat(20_000)]) },
      () => { damaged.body = bytes().toString('latin1').replace(/"[^"]*"(?=[,}\]])/, random.pick(['1', 'null', '[]', '{}', 'true', '1e999', '"NaN"'])) },
      () => { damaged.body = bytes().toString('latin1').replace(/=[^&]*/, random.pick(['=', '=%', '=x', '=%00', '.member.1=x', '.1.2.3=4'])) },
      () => { damaged.path = damaged.path.replace(/[^/?]+/, random.pick(['', '%', '%zz', '%00', '..', '%2e%2e', 'x'.repeat(2000), '%F0%9F%98%80', '%ff'])) },
      () => { damaged.path += random.pick(['?', '&', '?uploads', '?max-keys=x', '&list-type=2', '/', '//', '?%', '?a=%zz', '?x-id=PutObject', '?X-Amz-Signature=1']) },
      () => { damaged.method = random.pick(['GET', 'PUT', 'POST', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS']) },
      () => { damaged.headers['content-type'] = random.pick(['', 'application/json', 'application/x-www-form-urlencoded', 'text/xml', 'application/cbor', 'multipart/form-data']) },
      () => { damaged.headers['x-amz-target'] = random.pick(['', '.', 'DynamoDB_20120810.', 'AmazonSSM.GetParameter', 'x.__proto__', 'DynamoDB_20120810.constructor']) },
      () => { damaged.headers['content-encoding'] = 'aws-chunked' },
      () => { damaged.headers[random.pick(['x-amz-checksum-crc32', 'content-md5', 'if-modified-since', 'range', 'x-amz-meta-a', 'x-amz-copy-source', 'x-amz-client-context'])] = random.pick(['', 'x', '????', '7', 'y'.repeat(1500)]) },
    ]
    for (let count = 0; count <= random.integer(3); count += 1) random.pick(ways)()
    if (damaged.method === 'GET' || damaged.method === 'HEAD') damaged.body = ''
    return damaged
  }

  it(`is answered in the shape of AWS, ${REQUESTS} times`, async (test) => {
    test.diagnostic(`seed ${random.seed}`)
    assert.ok(seeds.length >= serviceNames.length * 6, `only ${seeds.length} requests could be made`)
    const statuses = new Map<number, number>()

    for (let count = 0; count < REQUESTS; count += 1) {
      const { signingName, request } = random.pick(seeds)
      const damaged = damage(request)
      const what = `request ${count} to ${signingName}: ${JSON.stringify({ ...damaged, body: Buffer.from(damaged.body as string).toString('latin1').slice(0, 300) })}`
      const answer = await (random.integer(10) > 0
        ? sendSigned({ endpoint: wire.endpoint, service: signingName, credentials: testKeys }, damaged)
        : sendRaw(wire.endpoint, damaged)
      ).catch((error) => assert.fail(`${error} at ${what}`))

      assert.ok(isShapedLikeAws(answer, damaged.method), `${JSON.stringify(answer)} at ${what}`)
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
    }
    test.diagnostic([...statuses].toSorted(([a], [b]) => a - b).map(([status, times]) => `${status}: ${times}`).join(', '))
  })
})

/** The headers that say what a body is; those of the signature are made anew. */
const contentHeaders = (headers: Record<string, string>) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !/^(?:host|authorization|content-length|user-agent|x-amz-(?:date|user-agent|content-sha256|security-token)|amz-sdk-.*)$/i.test(name)))

function isShapedLikeAws({ status, headers, text }: RawResponse, method?: string): boolean {
  if (!headers['x-amzn-requestid'] && !headers['x-amz-request-id']) return false
  if (status >= 500 && status !== 501) return false
  if (status < 400 || method === 'HEAD') return true
  const type = headers['content-type'] ?? ''
  if (type.includes('xml')) return /<Code>\w+<\/Code>/.test(text)
  return Boolean(headers['x-amzn-errortype'] ?? JSON.parse(text).__type)
}
