import { inWorkshop } from '../lib/paths.ts'
import { readJsonFile, writeJsonFile } from '../lib/settings.ts'
import { steps, type Step } from '../steps.ts'

/** How far the participant has come; `.workshop/progress.json`. `reached` is the highest step that was ever the current one. */
export type Progress = { passed: number[], reached?: number, hints?: Record<number, number> }

const file = () => inWorkshop('progress.json')

export const readProgress = (): Progress => ({ passed: [], ...readJsonFile<Progress>(file()) })

/** The step to work on: the first that has not passed. */
export const currentStep = ({ passed }: Progress = readProgress()): Step =>
  steps.find(({ number }) => !passed.includes(number)) ?? steps.at(-1)!

/**
 * The step up to which things are deployed. Not the current one: where an earlier step fails again, the stage of a later one must not go away,
 * and with it the chat's address.
 */
export const reachedStep = (progress: Progress = readProgress()) => Math.max(currentStep(progress).number, progress.reached ?? 1, ...progress.passed)

/** Remembers which of the verified steps passed; one that fails now is no longer passed. */
export async function recordResults(results: { step: number, status: string }[]) {
  const progress = readProgress()
  const verified = new Map(results.map(({ step, status }) => [step, status === 'pass']))
  const passed = steps.map(({ number }) => number).filter((number) => verified.get(number) ?? progress.passed.includes(number))
  const changed = { ...progress, passed }
  await writeJsonFile(file(), { ...changed, reached: reachedStep(changed) })
  return changed
}

/** Counts how many hints of a step were shown; answers how many that makes, at most `available`. */
export async function nextHint(step: number, available: number) {
  const progress = readProgress()
  const shown = Math.min((progress.hints?.[step] ?? 0) + 1, available)
  await writeJsonFile(file(), { ...progress, hints: { ...progress.hints, [step]: shown } })
  return shown
}
