import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import fc from 'fast-check'

/** What came of many broken inputs. Everything but `inputs` must be nought. */
export type Tally = { what: string, inputs: number, crashes: number, serverErrors: number, hangs: number }

/** 500 in `npm test`, the same ones each time; `npm run test:fuzz` asks for 10 000, new ones each time. `FUZZ_SEED` repeats a run. */
const IS_LONG = process.env.FUZZ_RUNS !== undefined
const RUNS = Number(process.env.FUZZ_RUNS ?? 500)
const SEED = Number(process.env.FUZZ_SEED ?? (IS_LONG ? Date.now() % 2 ** 31 : 1))
/** An answer that takes longer counts as none. */
const HANG_MS = 5_000
const MOST_TOLD = 5

/** How an input went wrong. */
export class Broken extends Error {
  readonly kind: 'crashes' | 'serverErrors' | 'hangs'

  constructor(kind: Broken['kind'], message: string) {
    super(message)
    this.kind = kind
  }
}

/**
 * Feeds inputs to `attempt`, which throws Broken for what must not happen; any other error counts as a crash. In `npm test` the first failure
 * is made smaller and told with its seed; a long run goes on and tells the first few. The counts and the seed go to the test's
 * diagnostics.
 */
export async function fuzz<T>(test: TestContext, what: string, inputs: fc.Arbitrary<T>, attempt: (input: T) => unknown): Promise<void> {
  const tally: Tally = { what, inputs: 0, crashes: 0, serverErrors: 0, hangs: 0 }
  const failures: string[] = []

  async function tried(input: T) {
    tally.inputs += 1
    const begin = performance.now()
    await attempt(input)
    const ms = performance.now() - begin
    if (ms > HANG_MS) throw new Broken('hangs', `It took ${Math.round(ms)} ms.`)
  }
  const property = fc.asyncProperty(inputs, async (input) => {
    try {
      await tried(input)
    } catch (error) {
      tally[error instanceof Broken ? error.kind : 'crashes'] += 1
      if (!IS_LONG) throw error
      if (failures.length < MOST_TOLD) failures.push(`${error}\n  input ${fc.stringify(input).slice(0, 1_000)}`)
    }
  })
  try {
    await fc.assert(property, { seed: SEED, numRuns: RUNS })
  } finally {
    test.diagnostic(`seed ${SEED}`)
    test.diagnostic(`fuzz ${JSON.stringify(tally)}`)
  }
  assert.deepEqual(failures, [])
}

/** Text of every kind, the awkward as likely as the plain. */
export const oddText = fc.oneof(
  fc.string({ maxLength: 30 }), fc.string({ unit: 'binary', maxLength: 20 }), fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/),
  fc.constantFrom(
    '', ' ', '.', '..', '../x', '/', '//', '*', '%', '%00', '\0', '\r\n', '__proto__', 'constructor', 'toString', 'null', 'undefined', 'NaN', 'Infinity', '-1', '0', '1e999', '9'.repeat(40), '{}', '[]', '${', '${x', '$', '$default',
    'arn:aws:lambda:us-east-1:000000000000:function:x', 'arn:::::', 'arn:aws:iam::000000000000:role/x', 'x'.repeat(3_000), '\ud800', '\u{1f600}', 'İ', '<a>&amp;', ']]>', '{{resolve:ssm:x}}', '2020-01-01T00:00:00Z',
  ),
)

/** A value of any kind, nested a little. */
export const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  oddText, fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 1e308, 2 ** 53, [], {}, [[]], [null], { __proto__: null }), fc.integer(),
  fc.object({ maxDepth: 2, key: oddText, values: [oddText, fc.integer(), fc.constant(null)] }), fc.array(oddText, { maxLength: 3 }),
)
