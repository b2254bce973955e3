import { isDenied } from './aws.ts'
import { check, CheckFailed, fail, pass, type Context, type Outcome } from './check.ts'
import { isSilence, judge, KINDS, meets, notYetRight, type Claim, type Trial } from './claim.ts'
import { isErrorFrame } from './conversation.ts'
import { exchange } from './exchange.ts'
import { kinds, readFrames, type Frame, type Kind } from './frames.ts'
import { runAlone } from './run-alone.ts'

const about = 'sendMessageToConnectedClient'

/** Step 5: what to send, and what comes back. */
export const checks = [
  check('frames-readable', 'frames.ts can be read', {}, async ({ tree }) => {
    const read = await readFrames(tree)
    if ('problem' in read) return fail(read.problem)
  }),

  ...kinds.map((kind) => check(KINDS[kind].id, KINDS[kind].title, { needs: ['frames-readable'], about }, async (context) => {
    const frame = await frameOf(context, kind)
    const claim = { kind, sends: frame.sends, reads: frame.reads }
    return notYetRight(claim, await keysOf(context)) ?? judged(claim, await comesBack(context, claim))
  })),

  check('without-default', 'They are also right once $default is taken out', { needs: kinds.map((kind) => KINDS[kind].id) }, async (context) => {
    const notes = new Set<string>()
    for (const kind of kinds) {
      const frame = await frameOf(context, kind)
      const claim = { kind, sends: frame.sends, reads: frame.withoutDefault }
      const outcome = notYetRight(claim, await keysOf(context)) ?? await judged(claim, KINDS[kind].isRouted ? await inTheirRoom(context, claim) : await amongMocks(context, claim, ['sendMessage']))
      if (outcome?.status === 'fail') return outcome
      if (outcome?.note) notes.add(outcome.note)
      await context.probe.clear()
    }
    if (notes.size > 0) return pass([...notes].join('; '))
  }),
]

/** Only a failure is worth the log. */
async function judged(claim: Claim, trial: Trial): Promise<Outcome | undefined> {
  const outcome = judge(claim, trial)
  return outcome?.status === 'fail' && trial.log ? { ...outcome, log: await trial.log() } : outcome
}

const keysOf = async ({ chat }: Context) => (await chat.routes()).map(({ key }) => key)

async function frameOf({ tree }: Context, kind: Kind): Promise<Frame> {
  const read = await readFrames(tree)
  if ('problem' in read) throw new CheckFailed(fail(read.problem))
  return read.frames[kind]
}

/** In the participant's chat, where its `$default` is the mock that the claim is about; what no route takes is tried among mocks otherwise. */
async function comesBack(context: Context, claim: Claim): Promise<Trial> {
  const route = (await context.chat.routes()).find(({ key }) => key === '$default')
  if (KINDS[claim.kind].isRouted || route?.integration?.type === 'MOCK') return inTheirRoom(context, claim)

  return { note: `tried on an API of verify's own, where $default is a mock: yours ${route ? `leads to ${route.functionName ?? 'something else'}` : 'is not there'}`, ...await amongMocks(context, claim, ['sendMessage', '$default']) }
}

async function inTheirRoom(context: Context, claim: Claim): Promise<Trial> {
  const seen = await exchange(context, await context.probe.room(), claim.sends, isSilence(claim.reads) ? undefined : (text) => meets(claim, text))
  if (!seen.isOver) throw new CheckFailed(fail('A client of verify said something, and did not hear it itself. That is step 3: npm run verify:step-3', { log: await seen.log() }))
  return seen
}

/** On an API of our own with these routes. Who may not make one takes AWS's word for it (A7.6, A7.9). */
async function amongMocks({ cloud, probe, patience }: Context, { sends }: Claim, keys: string[]): Promise<Trial> {
  try {
    const client = await probe.mockClient(keys)
    client.send(sends)
    await client.hears(isErrorFrame, patience.patient ? 3_000 : 1_000)
    return { came: client.frames }
  } catch (error) {
    if (!isDenied(error)) throw error
    const came = keys.includes('$default') ? [] : ['{"message": "Forbidden", "connectionId":"", "requestId":""}']
    return { came, isDocumented: true, note: `taken from AWS's documentation, not tried: ${cloud.identity} may not make an API for it` }
  }
}

runAlone(import.meta, 5)
