import { inWorkshop } from '../lib/paths.ts'
import { readJsonFile, writeJsonFile } from '../lib/settings.ts'
import { steps, type Step } from '../steps.ts'

/** Where the participant is: the first step that has not passed, or one chosen by hand. `.workshop/progress.json`. */
export type Progress = { passed: number[], hints?: Record<number, number> }

const file = () => inWorkshop('progress.json')

export const readProgress = (): Progress => ({ passed: [], ...readJsonFile<Progress>(file()) })

export const currentStep = ({ passed }: Progress = readProgress()): Step =>
  steps.find(({ number }) => !passed.includes(number)) ?? steps.at(-1)!

/** Remembers which of the verified steps passed; one that fails now is no longer passed. */
export async function recordResults(results: { step: number, status: string }[]) {
  const progress = readProgress()
  const verified = new Map(results.map(({ step, status }) => [step, status === 'pass']))
  const passed = steps.map(({ number }) => number).filter((number) => verified.get(number) ?? progress.passed.includes(number))
  await writeJsonFile(file(), { ...progress, passed })
  return { ...progress, passed }
}

/** Counts how many hints of a step were shown; answers how many that makes, at most `available`. */
export async function nextHint(step: number, available: number) {
  const progress = readProgress()
  const shown = Math.min((progress.hints?.[step] ?? 0) + 1, available)
  await writeJsonFile(file(), { ...progress, hints: { ...progress.hints, [step]: shown } })
  return shown
}
