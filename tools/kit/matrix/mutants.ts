import path from 'node:path'
import type { ChosenCloud } from '../../lib/cloud.ts'
import type { Fault } from '../../local-aws/index.ts'
import type { Entry, Sdk } from '../../mistakes/index.ts'
import { stepByNumber, stepOfFile, steps } from '../../steps.ts'
import { openSdk, type Report } from '../../verify/index.ts'
import { pristineStarters } from '../starters.ts'
import { tryTree, type TryOptions } from '../try-tree.ts'
import { withAltered } from './altered.ts'

/** What came of a tree that is meant to fail in one step. */
export type Proof = {
  step: number
  /** steps before it that did not pass, though they should */
  failedEarlier: number[]
  /** of the step itself */
  status: string
  check?: string
  /** ids of the causes that verify named, the likeliest first */
  causes: string[]
  report: Report
}

/** Bundled functions by their source: most mutants change one of them, or none. */
export type Bundles = TryOptions['bundles']

type MutantOptions = {
  bundles?: Bundles
  /** verifies the steps before in any case */
  withEarlier?: boolean
}

/**
 * Runs the solutions with one mistake made in them, in the mistake's step and, where it reaches further than that step's files, in those before it;
 * one that belongs to no step shows in the first.
 * Throws where its `break` does not fit the solutions.
 */
export async function runMutant({ id, step = 1, mistake: { break: how } }: Entry, { bundles, withEarlier = false }: MutantOptions = {}): Promise<Proof> {
  switch (how.kind) {
    case 'edit': return withAltered({ edits: how.edits }, (tree) => prove(tree, step, { bundles, isAlone: !withEarlier && how.edits.every(({ file }) => stepOfFile(file)?.number === step) }))
    case 'spoil': return withAltered({}, (tree) => prove(tree, step, { bundles, spoil: async (at, { cloud }) => { if (at === step) await spoilCloud(cloud, how.spoil) } }))
    case 'fault': return withAltered({}, (tree) => prove(tree, step, { bundles, trouble: async (at, { aws }) => { if (at === step) aws.faults.set(how.fault as Fault) } }))
    default: throw new Error(`${id} is proven by ${how.kind}, not by a deploy.`)
  }
}

/** Runs the starter of a step on the solutions of the steps before it. */
export async function runStarter(number: number): Promise<Proof> {
  const { id } = stepByNumber(number)
  return withAltered({ files: { from: path.join(pristineStarters(), id), to: id } }, (tree) => prove(tree, number))
}

type ProveOptions = Pick<TryOptions, 'trouble' | 'spoil' | 'bundles'> & {
  /** The tree differs from the solutions in this step only. What is deployed before it is theirs, and that it passes `solutions.matrix.ts` proves. */
  isAlone?: boolean
}

async function prove(tree: string, step: number, { isAlone = false, ...options }: ProveOptions = {}): Promise<Proof> {
  const upToStep = steps.map(({ number }) => number).filter((number) => number === step || (number < step && !isAlone))
  // The steps before it are deployed at once, and before it: two deploys, whichever step it is.
  const report = await tryTree(tree, { steps: upToStep, upTo: (one) => Math.max(one, step - 1), ...options })
  const own = report.steps.find((one) => one.step === step)!
  const failed = own.checks.find(({ status }) => status === 'fail')
  return {
    step, report, status: own.status, check: failed?.id,
    failedEarlier: report.steps.filter((one) => one.step < step && one.status !== 'pass').map((one) => one.step),
    causes: (failed?.causes ?? []).map(({ id }) => id),
  }
}

async function spoilCloud(cloud: ChosenCloud, spoil: (sdk: Sdk) => Promise<unknown>) {
  const sdk = await openSdk(cloud)
  try {
    await spoil(sdk)
  } finally {
    sdk.close()
  }
}
