import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { localCloud, type ChosenCloud } from '../lib/cloud.ts'
import { root } from '../lib/paths.ts'
import { start, type LocalAws } from '../local-aws/index.ts'
import { verify, type CheckReport, type LocalSource, type Report, type StepReport } from '../verify/index.ts'
import { createDeployer, DeployFailure, type Deployer } from './deployer.ts'

export type TryOptions = {
  /** numbers of the steps to verify, in order */
  steps: number[]
  /** how far to deploy for each of them; what is deployed already is not deployed again. @default the step itself */
  upTo?: number | ((step: number) => number)
  suffix?: string
  /** bundled functions by their source, for those who try many trees that differ little */
  bundles?: Map<string, Uint8Array>
  /** ends the run early; what was started and written is removed all the same */
  signal?: AbortSignal
  /** Changes the cloud before a step is deployed: trouble that waits for it. */
  trouble?: Spoil
  /** Changes the cloud after the deploy of a step and before its verify: what somebody spoils by hand. */
  spoil?: Spoil
}
type Spoil = (step: number, parts: { cloud: ChosenCloud, aws: LocalAws }) => Promise<void>

type Parts = { tree: string, cloud: ChosenCloud, aws: LocalAws, deployer: Deployer, deployed?: { upTo: number, sources: LocalSource[] } }

/**
 * Deploys up to each of the steps and verifies it, on a fresh local AWS, going on after a failure. What `tree` lacks comes from
 * `solutions/`. A deploy that fails is the check `deploys` of its step.
 */
export async function tryTree(tree: string, options: TryOptions): Promise<Report> {
  const home = await mkdtemp(path.join(tmpdir(), 'workshop-try-'))
  let aws: LocalAws | undefined
  let deployer: Deployer | undefined
  try {
    const whole = await completed(tree, home)
    aws = await start({ state: path.join(home, 'local'), port: 0 })
    const cloud = localCloud({ ...aws, suffix: options.suffix })
    deployer = createDeployer({ root: whole, cloud, workFolder: path.join(home, 'cdk'), bundles: options.bundles })

    const steps: StepReport[] = []
    const parts: Parts = { tree: whole, cloud, aws, deployer }
    for (const step of options.steps) steps.push(await deployAndVerify(step, parts, options))
    const { name, account, region, suffix, endpoint } = cloud
    return { cloud: { name, account, region, suffix, endpoint }, steps }
  } finally {
    deployer?.close()
    await aws?.stop()
    await rm(home, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function deployAndVerify(step: number, parts: Parts, { upTo: wanted = step, signal, trouble, spoil }: TryOptions): Promise<StepReport> {
  const { tree, cloud, aws, deployer } = parts
  const upTo = typeof wanted === 'number' ? wanted : wanted(step)
  const notReached: StepReport = { step, status: 'not-reached', checks: [] }
  if (signal?.aborted) return notReached
  try {
    await trouble?.(step, { cloud, aws })
    if (parts.deployed?.upTo !== upTo) parts.deployed = { upTo, sources: (await deployer.deploy({ upTo, suffix: cloud.suffix, signal })).sources }
    await spoil?.(step, { cloud, aws })
    const { steps: [report] } = await verify({ cloud, steps: [step], sources: parts.deployed.sources, tree, signal })
    return report!
  } catch (error) {
    if (!(error instanceof DeployFailure)) throw error
    if (signal?.aborted) return notReached
    return { step, status: 'fail', checks: [notDeployed(error)] }
  }
}

/** The failed deploy in the form of a check, the stack's event as its evidence. Where it happened is known better than where such things mostly do. */
const notDeployed = ({ failure, reason, causes }: DeployFailure): CheckReport => ({
  id: 'deploys', title: 'The steps can be deployed', status: 'fail', ms: 0,
  causes: causes.map(({ id, mistake: { cause, fix, at, docs } }) => ({ id, cause, fix, at: placeIn(failure.where) ?? at, docs })),
  evidence: { seen: [failure.what, failure.where && `(${failure.where})`].filter(Boolean).join(' '), log: reason, frames: [], denied: [], allowed: [] },
})

/** `steps/01-connect/connect.ts:12:3`, without the resource that may be named beside it. */
const placeIn = (where: string | undefined) => /^[^\s,]+\.ts:\d+:\d+/.exec(where ?? '')?.[0]

const NO_SOURCE = new Set(['node_modules', 'cdk.out', '.git'])

/** A copy of `tree` in which the files that it lacks are those of the solutions. Named like the tree, because failures name files by it. */
async function completed(tree: string, home: string) {
  const project = path.join(home, 'project')
  const whole = path.join(project, path.basename(tree))
  await cp(path.join(root, 'solutions'), whole, { recursive: true })
  await cp(tree, whole, { recursive: true, force: true, filter: (source) => source === tree || !NO_SOURCE.has(path.basename(source)) })
  // Packages, and what counts as an ES module, are as they are in the project.
  await symlink(path.join(root, 'node_modules'), path.join(project, 'node_modules'), 'junction')
  await writeFile(path.join(project, 'package.json'), JSON.stringify({ type: 'module' }))
  return whole
}
