import policyNotEverywhereYet from './account/policy-not-everywhere-yet.ts'
import { accountMistakes } from './account-mistakes.ts'
import { chatMistakes } from './chat-mistakes.ts'
import { clientMistakes } from './client-mistakes.ts'
import { connectMistakes } from './connect-mistakes.ts'
import { deployMistakes } from './deploy-mistakes.ts'
import { friendlyMistakes } from './friendly-mistakes.ts'
import { goodbyeMistakes } from './goodbye-mistakes.ts'
import { machineMistakes } from './machine-mistakes.ts'
import { ranked } from './ranked.ts'
import { routingMistakes } from './routing-mistakes.ts'
import { sendMessageMistakes } from './send-message-mistakes.ts'
import { stackMistakes } from './stack-mistakes.ts'
import type { Evidence } from './evidence.ts'
import type { Mistake } from './mistake.ts'

export type * from './evidence.ts'
export type * from './machine-facts.ts'
export type * from './mistake.ts'
export { linesIn } from './ranked.ts'

/** A mistake with its name: `id` is that of its file, `place` that of its folder; `step` where the folder is a step's. */
export type Entry = { id: string, place: string, step?: number, mistake: Mistake }
export type Cause = { id: string, mistake: Mistake }

/** Every mistake, in the order in which a person would think of it. */
export const mistakes: Entry[] = [
  ...entries('01-connect', connectMistakes),
  ...entries('02-send-message', sendMessageMistakes),
  ...entries('03-routing', routingMistakes),
  ...entries('04-deploy', deployMistakes),
  ...entries('05-chat', chatMistakes),
  ...entries('06-goodbye', goodbyeMistakes),
  ...entries('07-friendly', friendlyMistakes),
  ...entries('stack', stackMistakes),
  ...entries('client', clientMistakes),
  ...entries('machine', machineMistakes),
  ...entries('account', {
    'policy-not-everywhere-yet': policyNotEverywhereYet,
    ...accountMistakes,
  }),
]

function entries(place: string, named: Record<string, Mistake>): Entry[] {
  const [step] = /^\d+/.exec(place) ?? []
  return Object.entries(named).map(([id, mistake]) => ({ id, place, step: step === undefined ? undefined : Number(step), mistake }))
}

/**
 * The causes that fit the evidence, the likeliest first: those of the step itself before those of earlier ones, and for a failed deploy those
 * that know most of its words. Empty: none is known, and none is guessed.
 */
export function causesOf(evidence: Evidence): Cause[] {
  const fitting = mistakes.filter(({ step, mistake }) => (step === undefined || step <= evidence.step) && mistake.matches(evidence))
  if (evidence.check === 'deploys') return inOrderOf(ranked(fitting, `${evidence.seen}\n${evidence.log}`), fitting)
  const rank = ({ step, mistake }: Entry) => mistake.before ? 0 : step === evidence.step ? 1 : 2
  return fitting.toSorted((a, b) => rank(a) - rank(b))
}

/** All of `fitting`, those that have no words of their own behind the others. */
const inOrderOf = (first: Entry[], fitting: Entry[]) => [...first, ...fitting.filter((entry) => !first.includes(entry))]

/** The entry with this id, or those whose `says` know lines of the text, the likeliest first. */
export function explain(text: string): Entry[] {
  const exact = mistakes.filter(({ id }) => id === text.trim())
  return exact.length > 0 ? exact : ranked(mistakes, text)
}

/** What people paste who have made this mistake, each whole. Empty where nothing shows but what people notice. */
export function examplesOf({ mistake: { examples, says, symptom, break: how } }: Entry): string[] {
  if (examples) return examples
  if (how.kind === 'lines') return [how.lines.join('\n')]
  return says.some((pattern) => pattern.test(symptom)) ? [symptom] : []
}
