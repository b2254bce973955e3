import type { Answer, Claim, Evidence, Frame, FunctionName, Handshake, Refs } from '../mistakes/evidence.ts'
import type { ChosenCloud } from '../lib/cloud.ts'
import type { Aws } from './aws.ts'
import type { Chat } from './find.ts'
import type { Probe } from './probe.ts'
import type { Patience } from './patience.ts'

/** What a check works with. The same for both clouds. */
export type Context = {
  cloud: ChosenCloud
  aws: Aws
  /** finds the participant's resources, each once per run */
  chat: Chat
  /** sockets, rows and stages of our own; all removed at the end of the run */
  probe: Probe
  patience: Patience
  /** the folder of the participant's files, like steps/ */
  tree: string
}

export type Pass = { status: 'pass', note?: string }
export type Fail = { status: 'fail', seen: string } & Partial<Omit<Details, 'seen'>>
type Details = { answer: Answer, log: string, handshake: Handshake, frames: Frame[], denied: string[], allowed: string[], refs: Refs, claim: Claim }
export type Outcome = Pass | Fail

export type Check = {
  id: string
  /** what must be true, in one sentence */
  title: string
  /** ids of earlier checks without which this one says nothing */
  needs: string[]
  /** the function whose deployed code a failure may be blamed on */
  about?: FunctionName
  run(context: Context): Promise<Outcome | undefined>
}

/** What must be true, in one sentence, and how to find out. `run` answers nothing when all is well. */
export const check = (id: string, title: string, { needs = [], about }: { needs?: string[], about?: FunctionName }, run: Check['run']): Check =>
  ({ id, title, needs, about, run })

/** `seen`: one or two sentences with what was observed; the rest is for the matchers. */
export const fail = (seen: string, details: Partial<Details> = {}): Fail => ({ status: 'fail', seen, ...details })

/** Passed, but the participant should know how. */
export const pass = (note?: string): Pass => ({ status: 'pass', note })

export type CheckStatus = 'pass' | 'fail' | 'not-reached'
export type CheckResult = { check: Check, status: CheckStatus, ms: number, note?: string, evidence?: Evidence }

/** Ends a check from below, where a check cannot return: the outcome is as if it had failed itself. */
export class CheckFailed extends Error {
  readonly outcome: Fail

  constructor(outcome: Fail) {
    super(outcome.seen)
    this.name = 'CheckFailed'
    this.outcome = outcome
  }
}
