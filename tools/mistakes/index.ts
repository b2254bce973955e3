import type { Evidence } from './evidence.ts'
import type { Mistake } from './mistake.ts'

export type * from './evidence.ts'
export type * from './mistake.ts'

/** A mistake with its name: `id` is that of its file, `place` that of its folder; `step` where the folder is a step's. */
export type Entry = { id: string, place: string, step?: number, mistake: Mistake }
export type Cause = { id: string, mistake: Mistake }

/** Every mistake, in the order in which a person would think of it. */
export const mistakes: Entry[] = []

/** The causes that fit the evidence, the likeliest first: those of the step itself before those of earlier ones. Empty: none is known, and none is guessed. */
export function causesOf(evidence: Evidence): Cause[] {
  const fitting = mistakes.filter(({ step, mistake }) => (step === undefined || step <= evidence.step) && mistake.matches(evidence))
  return [...fitting.filter(({ step }) => step === evidence.step), ...fitting.filter(({ step }) => step !== evidence.step)]
}

/** The entry with this id, or those whose `says` know one of the lines in `text`, the one that knows most first. */
export function explain(text: string): Entry[] {
  const exact = mistakes.filter(({ id }) => id === text.trim())
  if (exact.length > 0) return exact

  const lines = text.split('\n').filter((line) => line.trim())
  const known = (entry: Entry) => lines.filter((line) => entry.mistake.says.some((pattern) => pattern.test(line))).length
  return mistakes.map((entry) => ({ entry, count: known(entry) })).filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count).map(({ entry }) => entry)
}
