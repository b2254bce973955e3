import type { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2'
import type { CloudFormation } from '@aws-sdk/client-cloudformation'
import type { DynamoDB } from '@aws-sdk/client-dynamodb'
import type { IAM } from '@aws-sdk/client-iam'
import type { Lambda } from '@aws-sdk/client-lambda'
import type { ChatFacts, Evidence } from './evidence.ts'
import type { MachineFacts, Subject } from './machine-facts.ts'

/** One thing that goes wrong for participants: what they see, why, what to do, how to tell, and how to make it happen. */
export type Mistake = {
  /** what the participant notices, one sentence */
  symptom: string
  /**
   * Lines that people see and paste; they feed `explain` and the site. Empty on purpose where people see no line (nothing happens, the log is
   * clean), and where the line is the same for many and tells nothing, such as `0 of 3 connected clients heard the message`.
   * The first that reads well is the title of the page; one that ends in `.*` never is.
   */
  says: RegExp[]
  /** what people paste, whole: one or several lines; tests prove that `explain` leads from each to this entry */
  examples?: string[]
  /** what tells this from others that show as the same line: where to look, and what is there */
  tell?: string
  cause: string
  fix: string
  /** the open TODO that it may come from, `1.4`; told only to those who work in `steps/` */
  todo?: string
  /** path below the repository's root where the fix goes; left out where it is no file */
  at?: string
  /** finds the line in `at`; the last match counts */
  line?: RegExp
  /** page of the site, without extension */
  docs: string
  /** told before whatever else fits: while this is so, the rest may be about what is no longer there, or not there yet */
  before?: true
  /** Yes only when the evidence tells this cause from its neighbours: what was observed before what was written. */
  matches(evidence: Evidence): boolean
  /** how doctor tells it, where it is one of the machine or the account */
  machine?: MachineSign
  /** makes the mistake happen in working solutions, so that tests prove the rest */
  break: Break
}

/** How the facts of a machine give a mistake away. */
export type MachineSign = {
  /** the line of doctor's list that it belongs to */
  subject: Subject
  /** `fail`: something of the workshop cannot work. `warn`: good to know, and doctor's exit code stays 0. */
  severity: 'fail' | 'warn'
  /** what was found, with its numbers, where it is so; undefined where it is not, or where the facts do not tell */
  seen(facts: MachineFacts): string | undefined
}

export type Break =
  | { kind: 'edit', edits: Edit[] }
  | { kind: 'spoil', spoil: (sdk: Sdk) => Promise<unknown> }
  | { kind: 'fault', fault: Fault }
  | { kind: 'lines', lines: string[] }
  | { kind: 'observed', evidence: Partial<Evidence> }
  | { kind: 'machine', facts: MachineFacts }

/** `find` is there exactly once in `file` (a path below `solutions/`). */
export type Edit = { file: string, find: string, replace: string }

/** Clients of the deployed cloud, and what was found in it. */
export type Sdk = { apigatewayv2: ApiGatewayV2, cloudformation: CloudFormation, dynamodb: DynamoDB, iam: IAM, lambda: Lambda, chat: ChatFacts }

/** Trouble that the local cloud can be asked for. */
export type Fault = { kind: string, [field: string]: unknown }

export const mistake = (entry: Mistake) => entry

/**
 * A mistake outside of the chat: what verify observes never proves it; lines that people see, or the facts of the machine, do. Those lines also
 * end a deploy.
 */
export const mistakeOutside = (entry: Omit<Mistake, 'matches'>): Mistake => ({ ...entry, matches: (evidence) => endsDeploy(evidence, entry.says) })

/** A mistake by which a deploy ends, and whose words say so. */
export const deployMistake = mistakeOutside

/** Whether a deploy failed with such words. Most of `says` are lines of a log or a terminal, which no failed deploy has. */
export const endsDeploy = ({ check, seen, log }: Evidence, says: RegExp[]) => check === 'deploys' && says.some((pattern) => pattern.test(seen) || pattern.test(log))

/** Changes the solution: `find` must be in it exactly once. Several: `edit(file, find, replace, find, replace, …)`. */
export function edit(file: string, ...texts: string[]): Break {
  const edits: Edit[] = []
  for (let i = 0; i < texts.length; i += 2) edits.push({ file, find: texts[i] ?? '', replace: texts[i + 1] ?? '' })
  return { kind: 'edit', edits }
}

/** Several changes at once, in more than one file. */
export const edits = (...breaks: Break[]): Break =>
  ({ kind: 'edit', edits: breaks.flatMap((one) => one.kind === 'edit' ? one.edits : []) })

const FROM = `from`
/** A line that imports, for an edit. (A mistake's file itself imports nothing but its neighbours, and a test reads it for that.) */
export const importing = (names: string, module: string) => `import { ${names} } ${FROM} '${module}'\n`

/** Changes what is deployed, by the same calls a person would make in the console. */
export const spoil = (action: (sdk: Sdk) => Promise<unknown>): Break => ({ kind: 'spoil', spoil: action })

/** Makes the local cloud misbehave. */
export const fault = (what: Fault): Break => ({ kind: 'fault', fault: what })

/** Nothing to deploy: `explain` must rank the mistake first for these lines. */
export const lines = (...texts: string[]): Break => ({ kind: 'lines', lines: texts })

/** Nothing to deploy, where it takes what the local AWS does not do: verify must rank the mistake first for what was observed like this. */
export const observed = (evidence: Partial<Evidence>): Break => ({ kind: 'observed', evidence })

/** Nothing to deploy: `doctor` must name the mistake for a machine like this. */
export const machine = (facts: MachineFacts): Break => ({ kind: 'machine', facts })

/** Whether the function's log, its answer or its error says so. (What a failed deploy has for a log is no function's.) */
export const tells = ({ check, log, answer }: Evidence, pattern: RegExp) =>
  check !== 'deploys' && [log, answer?.body, answer?.errorType, answer?.errorMessage].some((text) => text !== undefined && pattern.test(text))

/** Whether the role may not do `action`: its policies say so, or the attempt was refused and nobody lets us read the policies. */
export const mayNot = (evidence: Evidence, action: string) =>
  evidence.denied.includes(action)
  || !evidence.allowed.includes(action) && tells(evidence, new RegExp(`not authorized to perform: ${action}\\b`))
