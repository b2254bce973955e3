import type { Evidence } from '../mistakes/evidence.ts'
import { isDenied, isSignedOut } from './aws.ts'
import { CheckFailed, type Check, type CheckResult, type Context, type Fail } from './check.ts'
import { lookElsewhere } from './elsewhere.ts'
import type { Tell } from './patience.ts'
import { readDeployed, type Deployed, type LocalSource } from './source.ts'

export type RunOptions = {
  step: number
  checks: Check[]
  context: Context
  sources?: LocalSource[]
  signal?: AbortSignal
  tell?: Tell
  /** how long a check that was interrupted may take to come to rest, so that nothing of it appears after the clean-up */
  graceMs?: number
}

/**
 * Runs the checks of a step in order. One whose need has not passed is not reached, and after an abort none is. What a check did not expect becomes
 * a failure that says so: the check broke, which is no verdict on the participant's work. Throws where the caller's credentials stopped working.
 */
export async function runChecks({ step, checks, context, sources, signal, tell = () => {}, graceMs = 5_000 }: RunOptions): Promise<CheckResult[]> {
  const results: CheckResult[] = []
  const passed = new Set<string>()

  for (const check of checks) {
    if (signal?.aborted || !check.needs.every((id) => passed.has(id))) {
      results.push({ check, status: 'not-reached', ms: 0 })
      continue
    }
    tell({ kind: 'check', step, title: check.title })
    const result = await runCheck({ step, check, context, sources, signal, graceMs })
    if (result.status === 'pass') passed.add(check.id)
    results.push(result)
  }
  return results
}

async function runCheck({ step, check, context, sources, signal, graceMs }: Pick<RunOptions, 'step' | 'context' | 'sources' | 'signal'> & { check: Check, graceMs: number }): Promise<CheckResult> {
  const from = performance.now()
  const took = () => Math.round(performance.now() - from)
  const work = check.run(context)
  try {
    const outcome = await orAborted(work, signal) ?? { status: 'pass' as const }
    if (outcome.status === 'pass') return { check, status: 'pass', ms: took(), note: outcome.note }

    return { check, status: 'fail', ms: took(), evidence: await evidenceOf({ step, check, outcome, context, sources }) }
  } catch (error) {
    if (error instanceof Aborted) {
      await settled(work, graceMs)
      return { check, status: 'not-reached', ms: took() }
    }
    if (error instanceof CheckFailed) return { check, status: 'fail', ms: took(), evidence: await evidenceOf({ step, check, outcome: error.outcome, context, sources }) }
    if (isSignedOut(error)) throw error
    return { check, status: 'fail', ms: took(), evidence: brokenEvidence(step, check, context, error) }
  } finally {
    await context.probe.clear()
  }
}

async function evidenceOf({ step, check, outcome, context, sources }: { step: number, check: Check, outcome: Fail, context: Context, sources?: LocalSource[] }): Promise<Evidence> {
  const { status: _, ...details } = outcome
  const deployed = await deployedCode(context, check)
  const elsewhere = await lookElsewhere(context)
  return {
    step, check: check.id, frames: [], denied: [], allowed: [], log: '', ...details,
    seen: elsewhere.length > 0 ? [details.seen.replace(/(?<![.!?…])$/, '.'), ...elsewhere].join(' ') : details.seen,
    ...elsewhere.length > 0 && { elsewhere },
    source: deployed?.source ?? '',
    sameCode: sameCode(deployed, check, sources),
    about: check.about,
    ...filesOf(context, sources),
    chat: context.chat.facts(),
  }
}

/** What was built by hand did not come from the files. */
const filesOf = ({ chat }: Context, sources: LocalSource[] = []) =>
  chat.facts().stack && sources.length > 0 ? { files: Object.fromEntries(sources.map(({ file, text }) => [file, text])) } : {}

async function deployedCode({ aws, chat }: Context, { about }: Check): Promise<Deployed | undefined> {
  const found = about && await chat.function(about)
  try {
    return found && await readDeployed(aws, found.name)
  } catch {
    return undefined // the code only helps to name the cause; what was seen stands without it
  }
}

/** Undefined where there is nothing to compare. */
function sameCode(deployed: Deployed | undefined, { about }: Check, sources: LocalSource[] = []) {
  const local = sources.find(({ functionName }) => functionName === about)
  return local?.sha256 && deployed ? deployed.hashes.includes(local.sha256) : undefined
}

function brokenEvidence(step: number, check: Check, { cloud, chat }: Context, error: unknown): Evidence {
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  const denied = isDenied(error)
  return {
    step, check: check.id,
    seen: denied ? `verify works as ${cloud.identity}, which may not look: ${message}` : `the check itself failed: ${name}: ${message}.`,
    broken: { name, message, ...denied && { isDenied: true as const } },
    source: '', log: '', frames: [], denied: [], allowed: [], chat: chat.facts(),
  }
}

class Aborted extends Error {}

async function settled(work: Promise<unknown>, withinMs: number) {
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<void>((resolve) => { timer = setTimeout(resolve, withinMs) })
  await Promise.race([work.catch(() => {}), deadline])
  clearTimeout(timer)
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work
  return new Promise((resolve, reject) => {
    const stop = () => reject(new Aborted())
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
