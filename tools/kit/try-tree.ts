import { cp, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { localCloud, type ChosenCloud } from '../lib/cloud.ts'
import { root } from '../lib/paths.ts'
import { start, type LocalAws } from '../local-aws/index.ts'
import { verify, type CheckReport, type Report, type StepReport } from '../verify/index.ts'
import { createDeployer, DeployFailure, type Deployer } from './deployer.ts'

export type TryOptions = {
  /** numbers of the steps, in order */
  steps: number[]
  suffix?: string
  /** Changes the cloud after the deploy of a step and before its verify: what a mutant spoils by hand. */
  spoil?: (step: number, parts: { cloud: ChosenCloud, aws: LocalAws }) => Promise<void>
}

/**
 * Deploys `upTo` each of the steps and verifies it, on a fresh local AWS, going on after a failure. What `tree` lacks comes from
 * `solutions/`. A deploy that fails is the check `deploys` of its step.
 */
export async function tryTree(tree: string, { steps, suffix, spoil }: TryOptions): Promise<Report> {
  const home = await mkdtemp(path.join(tmpdir(), 'workshop-try-'))
  let aws: LocalAws | undefined
  let deployer: Deployer | undefined
  try {
    const whole = await completed(tree, home)
    aws = await start({ state: path.join(home, 'local'), port: 0 })
    const cloud = localCloud({ ...aws, suffix })
    deployer = createDeployer({ root: whole, cloud, workFolder: path.join(home, 'cdk') })

    const reports: StepReport[] = []
    let last: Report | undefined
    for (const step of steps) {
      last = await deployAndVerify(step, { cloud, aws, deployer, spoil })
      reports.push(...last.steps)
    }
    return { ...last!, steps: reports }
  } finally {
    deployer?.close()
    await aws?.stop()
    await rm(home, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function deployAndVerify(step: number, { cloud, aws, deployer, spoil }: { cloud: ChosenCloud, aws: LocalAws, deployer: Deployer } & Pick<TryOptions, 'spoil'>): Promise<Report> {
  try {
    const { sources } = await deployer.deploy({ upTo: step, suffix: cloud.suffix })
    await spoil?.(step, { cloud, aws })
    return await verify({ cloud, steps: [step], sources })
  } catch (error) {
    if (!(error instanceof DeployFailure)) throw error
    const { account, region, endpoint } = cloud
    return { cloud: { name: 'local', account, region, suffix: cloud.suffix, endpoint }, steps: [{ step, status: 'fail', checks: [notDeployed(error)] }] }
  }
}

/** The failed deploy in the form of a check, the stack's event as its evidence. */
const notDeployed = ({ failure, reason }: DeployFailure): CheckReport => ({
  id: 'deploys', title: 'The steps can be deployed', status: 'fail', ms: 0, causes: [],
  evidence: { seen: [failure.what, failure.where && `(${failure.where})`].filter(Boolean).join(' '), log: reason, frames: [], denied: [] },
})

/** A copy of `tree` in which the files that it lacks are those of the solutions. Named like the tree, because failures name files by it. */
async function completed(tree: string, home: string) {
  const whole = path.join(home, path.basename(tree))
  await cp(path.join(root, 'solutions'), whole, { recursive: true })
  await cp(tree, whole, { recursive: true, force: true })
  // Packages are found as they are from the project.
  await symlink(path.join(root, 'node_modules'), path.join(home, 'node_modules'), 'junction')
  return whole
}
