import { AssertionError } from 'node:assert'
import { inspect } from 'node:util'
import type { ChosenCloud } from '../../lib/cloud.ts'
import type { LocalAws } from '../index.ts'
import { isWithin, type Fact, type Section } from './fact.ts'
import { within } from './harness/socket.ts'
import { createWorld } from './harness/world.ts'

export type Outcome = 'passes' | 'differs' | 'not answered' | 'local only'
export type Result = { section: string, fact: Fact, outcome: Outcome, ms: number, seen?: string }

export type RunOptions = {
  sections: Section[]
  cloud: ChosenCloud
  /** there where the cloud is in our own hands */
  local?: LocalAws
  /** a letter or group, such as `B` or `A8` */
  part?: string
  /** a row, such as `B2.3` */
  id?: string
  /** hears of each result as it comes */
  heard(result: Result): void
  /** hears of what could not be removed */
  warn(line: string): void
}

const LONGEST_MS = { local: 90_000, aws: 600_000 }

/** The facts that are asked for. */
export const chosenFacts = (sections: Section[], { part, id }: { part?: string, id?: string }): Section[] => sections
  .map(({ title, facts }) => ({ title, facts: facts.filter((fact) => (!part || isWithin(fact.id, part)) && (!id || fact.id === id)) }))
  .filter(({ facts }) => facts.length > 0)

/** Proves the facts one after the other, then removes what was made. Answers all results. */
export async function runFacts({ sections, cloud, local, part, id, heard, warn }: RunOptions): Promise<Result[]> {
  const { world, end } = createWorld({ cloud, local, warn })
  const results: Result[] = []
  try {
    for (const { title, facts } of chosenFacts(sections, { part, id })) {
      for (const fact of facts) {
        const result = {
          section: title, fact,
          ...await prove(
            fact, () => fact.prove!(world), { isLocal: local !== undefined, longestMs: LONGEST_MS[cloud.endpoint ? 'local' : 'aws'] },
          ),
        }
        results.push(result)
        heard(result)
      }
    }
  } finally {
    await end()
  }
  return results
}

async function prove(
  fact: Fact, proof: () => Promise<void>, { isLocal, longestMs }: { isLocal: boolean, longestMs: number },
): Promise<Pick<Result, 'outcome' | 'ms' | 'seen'>> {
  if (!fact.prove) return { outcome: 'not answered', ms: 0 }
  if (fact.needs && !isLocal) return { outcome: 'local only', ms: 0 }

  const startedAt = performance.now()
  try {
    await within(longestMs, 'the end of the proof', proof())
    return { outcome: 'passes', ms: performance.now() - startedAt }
  } catch (error) {
    return { outcome: 'differs', ms: performance.now() - startedAt, seen: seenIn(error) }
  }
}

function seenIn(error: unknown) {
  const where = error instanceof Error ? /conformance[\\/][\w-]+\.ts:\d+/.exec(error.stack ?? '')?.[0] : undefined
  const what = error instanceof AssertionError ? error.message : error instanceof Error ? `${error.name}: ${error.message}` : inspect(error)
  return where ? `${what}\n(${where})` : what
}
