import type { ChosenCloud } from '../lib/cloud.ts'
import type { Evidence, Refs } from '../mistakes/evidence.ts'
import { causesOf, type Cause } from '../mistakes/index.ts'
import type { CheckResult, CheckStatus } from './check.ts'
import type { LocalSource } from './source.ts'

/** What `--json` prints, one document; `render` makes the page for people of it. */
export type Report = {
  cloud: { name: 'local' | 'aws', account: string, region: string, suffix?: string, endpoint?: string }
  steps: StepReport[]
}
export type StepReport = { step: number, status: CheckStatus, checks: CheckReport[] }
export type CheckReport = {
  id: string
  title: string
  status: CheckStatus
  ms: number
  /** of a check that passed in a way worth knowing */
  note?: string
  evidence?: ShownEvidence
  refs?: Refs
  /** the likeliest first; none where the kit does not know */
  causes?: ShownCause[]
}
/** The deployed code and what was found in the account stay out: long, and nobody else's business. */
export type ShownEvidence = { seen: string } & Partial<Omit<Evidence, 'source' | 'files' | 'about' | 'chat' | 'refs' | 'step' | 'check' | 'seen'>>
export type ShownCause = { id: string, cause: string, fix: string, at?: string, docs: string }

export const reportOf = (cloud: ChosenCloud, steps: StepReport[]): Report => ({
  cloud: { name: cloud.name, account: cloud.account, region: cloud.region, suffix: cloud.suffix, endpoint: cloud.endpoint },
  steps,
})

/** A step passes when all its checks do. Only the first that failed is told in full. */
export function stepReport(step: number, results: CheckResult[], sources?: LocalSource[]): StepReport {
  const first = results.find(({ status }) => status === 'fail')
  return {
    step,
    status: first ? 'fail' : results.every(({ status }) => status === 'pass') ? 'pass' : 'not-reached',
    checks: results.map((result) => ({
      id: result.check.id, title: result.check.title, status: result.status, ms: result.ms,
      ...result.note && { note: result.note },
      ...result === first && toldInFull(result.evidence!, sources),
    })),
  }
}

function toldInFull(evidence: Evidence, sources: LocalSource[] | undefined) {
  const { source: _source, files: _files, about: _about, chat: _chat, step: _step, check: _check, refs, ...shown } = evidence
  return {
    evidence: shown,
    ...refs && { refs },
    causes: evidence.broken ? [] : causesOf(evidence).map((cause) => shownCause(cause, evidence, sources)),
  }
}

/** `at` is named only where it is true: code that was not made from `steps/` is not mended there. */
function shownCause({ id, mistake }: Cause, { sameCode, chat, about }: Evidence, sources: LocalSource[] = []): ShownCause {
  const { cause, fix, todo, line, docs } = mistake
  const at = fileOf(mistake.at, about, sources)
  const local = sources.find(({ file }) => file === at)
  const isTheirs = local?.functionName ? sameCode !== false : chat.stack !== undefined
  const number = local && line ? lastLine(local.text, line) : undefined
  return { id, cause, fix: todo && isTheirs ? `TODO ${todo}: ${lowerFirst(fix)}` : fix, ...at && isTheirs && { at: number ? `${at}:${number}` : at }, docs }
}

/** What goes wrong in any handler is listed with one of them; told is the one that the check is about. */
function fileOf(at: string | undefined, about: Evidence['about'], sources: LocalSource[]) {
  const isHandler = sources.some(({ file, functionName }) => file === at && functionName)
  return isHandler ? sources.find(({ functionName }) => functionName === about)?.file ?? at : at
}

const lowerFirst = (text: string) => text[0]!.toLowerCase() + text.slice(1)

function lastLine(text: string, pattern: RegExp) {
  const found = text.split('\n').findLastIndex((one) => pattern.test(one))
  return found < 0 ? undefined : found + 1
}

export const isGreen = ({ steps }: Report) => steps.every(({ status }) => status === 'pass')
