import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { NormalizedSchema } from '@smithy/core/schema'
import type { ServiceDefinition, ServiceName } from '../service.ts'
import { createSampler, plain } from './sample-testing.ts'
import { membersOf, readModel, traitsOf, type OperationModel } from './service-model.ts'
import { serviceNames, startWire } from './wire-testing.ts'

/** What the SDK or HTTP itself adds, takes away or computes. */
const NOT_COMPARED: { [S in ServiceName]?: RegExp } = {
  s3: /^(?:Checksum|Content(?:Length|MD5|Encoding|Range)|SSECustomerKey|CopySourceSSECustomerKey|Expires|MpuObjectSize|IfMatch)/,
}

/** Not signed, signed for another service, or sent to a host made of the input. */
const LEFT_OUT = new Set(['AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity', 'ListDirectoryBuckets', 'WriteGetObjectResponse'])

const isEventStream = (schema: NormalizedSchema) => membersOf(schema).some(([, member]) => member.isStreaming() && member.isStructSchema())

describe('every operation of every client', () => {
  let wire: Awaited<ReturnType<typeof startWire>>
  let output: Record<string, unknown>
  before(async () => { wire = await startWire({ reply: () => output }) })
  after(() => wire.stop())

  for (const name of serviceNames) {
    it(`of ${name} arrives as it was sent and answers as it was given`, async (test) => {
      const definition = wire.services.find((service) => service.name === name)! as ServiceDefinition
      const sdk = await definition.load() as Record<string, any>
      const model = readModel(definition, sdk)
      const clientName = Object.keys(sdk).find((key) => /^[A-Z].*Client$/.test(key))!
      const client = new sdk[clientName]({ ...wire.client, logger: silent, apiKey: undefined, ...name === 'sqs' && { md5: false } })
      const sample = createSampler()
      const compared = (value: Record<string, unknown>) => Object.fromEntries(Object.entries(value).filter(([key]) => !NOT_COMPARED[name]?.test(key)))
      const failures: string[] = []
      let passed = 0

      async function check(operation: OperationModel) {
        const input = compared(sample(operation.input) as Record<string, unknown>)
        output = sampleOutput(operation)
        wire.received.length = 0

        const answer = await client.send(new sdk[`${operation.name}Command`](structuredClone(input)), { abortSignal: AbortSignal.timeout(5000) })
        for (const [key, value] of Object.entries(answer)) if (isStream(value)) answer[key] = await value.transformToByteArray()

        const got = wire.received[0]
        assert.equal(got?.operation, operation.name)
        assert.deepEqual(only(plain(got?.input), input), plain(input), 'input')
        assert.deepEqual(only(plain(answer), output), plain(output), 'output')
      }
      const sampleOutput = (operation: OperationModel) => {
        const made = compared((sample(operation.output) ?? {}) as Record<string, unknown>)
        for (const [key, member] of membersOf(operation.output)) if (traitsOf(member).httpResponseCode) made[key] = operation.http!.status
        return made
      }

      const operations = [...model.operations.values()]
        .filter((operation) => !LEFT_OUT.has(operation.name) && !isEventStream(operation.input) && !isEventStream(operation.output))
      for (const operation of operations) {
        try {
          await check(operation)
          passed += 1
        } catch (error) {
          failures.push(`${operation.name}: ${(error as Error).name} ${(error as Error).message}`)
        }
      }
      client.destroy()

      test.diagnostic(`${name}: ${passed} of ${operations.length} operations (${model.operations.size - operations.length} left out)`)
      assert.deepEqual(failures, [])
    })
  }
})

const silent = { debug() {}, info() {}, warn() {}, error() {} }
const isStream = (value: any): value is { transformToByteArray(): Promise<Uint8Array> } => typeof value?.transformToByteArray === 'function'
/** The members that were sent: SDKs add some of their own, such as checksums. */
const only = (value: unknown, sent: Record<string, unknown>) => Object.fromEntries(Object.entries(value ?? {}).filter(([key]) => key in sent))
