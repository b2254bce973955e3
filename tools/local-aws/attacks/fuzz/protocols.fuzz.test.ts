import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { AwsError } from '../../aws-error.ts'
import { createModels, inQueryProtocol, type Protocol, type ServiceModel } from '../../protocol/service-model.ts'
import { sendSigned, type RawRequest, type RawResponse } from '../../protocol/signed-fetch-testing.ts'
import { services } from '../../registry.ts'
import { startTestCloud, testCloud } from '../../testing.ts'
import { Broken, fuzz, oddText } from './fuzzing-testing.ts'
import { furnish } from './furnish-testing.ts'
import { damage, nearly, requestOf } from './requests-testing.ts'

/** These wait for something that a broken request never brings, by design. */
const SLOW = new Set(['Invoke', 'ReceiveMessage'])

describe('a broken request is answered in the shape of AWS', () => {
  let aws: Awaited<ReturnType<typeof startTestCloud>>
  let models: ServiceModel[]
  let built: Map<string, Set<string>>
  /** Odd texts, and names of things that are there, so that requests get further than "not found". */
  let texts: fc.Arbitrary<string>
  before(async () => {
    aws = await startTestCloud()
    texts = fc.oneof(oddText, { weight: 2, arbitrary: fc.constantFrom(...await furnish(aws)) })
    const modelOf = createModels()
    const current = await Promise.all(services.map((definition) => modelOf(definition)))
    models = current.flatMap((model) => [model, inQueryProtocol(model, {}) ?? []].flat())
    const { cloud, place, stop } = await testCloud()
    built = new Map(services.map((definition) => [definition.name, new Set(Object.keys(definition.open(cloud, place)))]))
    await stop()
  })
  after(() => aws.stop())

  /** Requests to any operation of the services that speak `protocol`; a third of them are damaged on their way. */
  function requests(protocol: Protocol): fc.Arbitrary<{ service: string, request: RawRequest }> {
    const operations = models.filter((model) => model.protocol === protocol)
      .flatMap((model) => [...model.operations.values()].filter(({ name }) => !SLOW.has(name)).map((operation) => ({ model, operation })))
    const isBuilt = ({ model, operation }: typeof operations[number]) => built.get(model.definition.name)!.has(operation.name)
    const either = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...operations.filter(isBuilt)) }, { weight: 1, arbitrary: fc.constantFrom(...operations) })
    return either.chain(({ model, operation }) =>
      fc.tuple(nearly(operation.input, texts), fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(damage, { minLength: 1, maxLength: 2 }) })).map(([values, damages]) => ({
        service: model.definition.signingName,
        request: damages.reduce((request, change) => change(request), requestOf(model, operation, values as Record<string, unknown>)),
      })))
  }

  async function attempt({ service, request }: { service: string, request: RawRequest }) {
    const whole = request.method === 'GET' || request.method === 'HEAD' ? { ...request, body: '' } : request
    const answer = await sendSigned({ endpoint: aws.url, service, credentials: aws.keys }, whole).catch((error: Error) => {
      throw new Broken(error.name === 'AbortError' || error.name === 'TimeoutError' ? 'hangs' : 'crashes', `${error}`)
    })
    check(answer, request.method)
    return answer.status
  }

  for (const protocol of ['restJson1', 'awsJson1_0', 'awsJson1_1', 'awsQuery', 'restXml'] as const)
    it(`in ${protocol}`, async (test) => {
      const statuses = new Map<number, number>()
      await fuzz(test, protocol, requests(protocol), async (input) => {
        const status = await attempt(input)
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
      })
      test.diagnostic(`answered ${[...statuses].toSorted(([a], [b]) => a - b).map(([status, times]) => `${status}: ${times}`).join(', ')}`)
      assert.equal((await sendSigned({ endpoint: aws.url, service: 'sts', credentials: aws.keys }, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'Action=GetCallerIdentity&Version=2011-06-15' })).status, 200)
    })
})

/** Not built is an answer; every other 5xx is a fault of ours. */
function check({ status, headers, text }: RawResponse, method?: string) {
  if (status >= 500 && status !== 501) throw new Broken('serverErrors', `${status} ${text}`)
  if (!headers['x-amzn-requestid'] && !headers['x-amz-request-id']) throw new Broken('crashes', `No request id: ${status} ${text}`)
  if (status < 400 || method === 'HEAD') return
  const type = headers['content-type'] ?? ''
  const named = type.includes('xml') ? /<Code>[\w.]+<\/Code>/.test(text) : Boolean(headers['x-amzn-errortype'] ?? JSON.parse(text).__type)
  if (!named && status !== 304 && status !== 412) throw new AwsError('Unnamed', `${status} ${text}`)
}
