import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { localCloud, type ChosenCloud } from '../../lib/cloud.ts'
import { start } from '../index.ts'
import { planOf, reportOf, rowsOf } from './report.ts'
import { chosenFacts, runFacts, type Result, type RunOptions } from './run.ts'
import { sections } from './sections.ts'

export type ConformanceOptions = Pick<RunOptions, 'part' | 'id' | 'heard' | 'warn'>

/** Proves the facts on a fresh local AWS of its own, or on the cloud that is given. */
export async function conformance({ cloud, ...options }: ConformanceOptions & { cloud?: ChosenCloud }): Promise<Result[]> {
  if (cloud) return runFacts({ sections, cloud, ...options })

  const state = await mkdtemp(path.join(tmpdir(), 'conformance-'))
  const local = await start({ state, port: 0 })
  try {
    return await runFacts({ sections, cloud: localCloud(local), local, ...options })
  } finally {
    await local.stop()
    await rm(state, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** The plan of a run on an account, as a table; undefined where no fact is asked for. */
export function conformancePlan(asked: { part?: string, id?: string }) {
  const chosen = chosenFacts(sections, asked)
  return chosen.length > 0 ? planOf(chosen) : undefined
}

export { reportOf, rowsOf }
export type { Result } from './run.ts'
