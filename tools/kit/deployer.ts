import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { BaseCredentials, Toolkit, type SdkConfig } from '@aws-cdk/toolkit-lib'
import { App, AssetStaging, Stack, type AppProps } from 'aws-cdk-lib'
import type { ChosenCloud } from '../lib/cloud.ts'
import { inWorkshop, root as project } from '../lib/paths.ts'
import { DeployFailure, stackFailure } from './deployer/failure.ts'
import { createHost, type DeployEvent, type Recorded } from './deployer/host.ts'
import { localAgent } from './deployer/local-agent.ts'
import { programLoader, synthFailure } from './deployer/program.ts'

export { DeployFailure } from './deployer/failure.ts'
export type { DeployEvent } from './deployer/host.ts'

export type DeployerOptions = {
  /** a tree like steps/, complete; failures name its files by the folder's own name */
  root: string
  cloud: Pick<ChosenCloud, 'account' | 'region' | 'endpoint' | 'client'>
  /** for what is removed again, and the CDK's caches. @default `.workshop/cdk` */
  workFolder?: string
  onEvent?: (event: DeployEvent) => void
  /** how long one deploy or destroy may take; the toolkit itself would wait for ever. @default 60 s locally, 10 minutes on AWS */
  timeoutMs?: number
}

export type Target = { /** @default all steps */ upTo?: number, suffix?: string }

/** `changed` is false where the stack was already as it should be. */
export type Deployed = { outputs: Record<string, string>, changed: boolean, ms: number }

/** The part of a CloudFormation template that anyone here reads. */
export type Template = { Resources: Record<string, { Type: string, Properties?: Record<string, unknown> }>, Outputs?: Record<string, { Value: unknown }> }

/** A megabyte each, one per save of a handler. */
const MOST_BUNDLES = 20

export type Deployer = ReturnType<typeof createDeployer>

/**
 * Deploys a tree like steps/ from within this process, with the CDK's own toolkit: the same stack as `npm run cdk deploy` makes, a change of a
 * handler in a fraction of a second. Each call reads the files anew. Calls on one deployer run one after the other; several deployers may work
 * at once. All throw DeployFailure.
 */
export function createDeployer({
  root, cloud, workFolder = inWorkshop('cdk'), onEvent = () => {}, timeoutMs = cloud.endpoint ? 60_000 : 600_000,
}: DeployerOptions) {
  const env = { account: cloud.account, region: cloud.region }
  const load = programLoader({ root, workFolder })
  const bundles = new Map<string, Uint8Array>()
  const inOrder = queue()
  const agent = cloud.endpoint ? localAgent(cloud.endpoint) : undefined
  const { host, begin, fallSilent } = createHost(onEvent)
  const toolkit = new Toolkit({ ioHost: host, emojis: false, color: false, sdkConfig: sdkConfig(cloud, agent) })
  // The toolkit reads it whenever it looks up the account of an access key, so it stays; the first deployer of a process decides.
  process.env.CDK_HOME ??= workFolder
  const polling = cloud.endpoint ? 200 : 2_000

  async function synthesize({ upTo, suffix }: Target, outdir: string) {
    const { chatApp, locate } = await load()
    const props = { ...await appProps(outdir), root, env, upTo, suffix, bundles, nodePaths: [path.join(project, 'node_modules')] }
    if (bundles.size > MOST_BUNDLES) bundles.clear()
    // By default the CDK keeps the hash of each asset path it has seen, and would upload yesterday's code.
    AssetStaging.clearAssetHashCache()
    try {
      return withoutValidation(() => chatApp(props).synth().stacks[0]!)
    } catch (error) {
      throw synthFailure(error, locate)
    }
  }

  /** Runs one operation of the toolkit on the assembly in `outdir`. Throws DeployFailure. */
  async function operate<T>(outdir: string, stackName: string, verb: 'deployed' | 'destroyed', run: (source: Source) => Promise<T>) {
    const record = begin()
    try {
      const source = await toolkit.fromAssemblyDirectory(outdir)
      return { record, result: await within(timeoutMs, () => run(source), () => timedOut(stackName, verb, record)) }
    } catch (error) {
      throw error instanceof DeployFailure ? error : stackFailure(stackName, verb, record, error)
    }
  }

  function timedOut(stackName: string, verb: string, { events }: Recorded) {
    fallSilent()
    const last = events.at(-1)
    return new DeployFailure({
      phase: 'timeout', what: `${stackName} was not ${verb} within ${timeoutMs / 1000} s`, where: last?.logicalId ?? stackName,
      reason: last ? `the last thing heard of was ${last.status} of ${last.type}` : 'CloudFormation told nothing',
      next: 'Wait until the stack has come to rest, then try again.',
    })
  }

  return {
    /** The template of the stack, without touching any cloud. */
    synth: (target: Target = {}): Promise<Template> => inOrder(() => inFolder(workFolder, async (outdir) => (await synthesize(target, outdir)).template)),

    deploy: (target: Target = {}): Promise<Deployed> => inOrder(() => inFolder(workFolder, async (outdir) => {
      const started = performance.now()
      const { stackName } = await synthesize(target, outdir)
      const { record } = await operate(outdir, stackName, 'deployed', (source) => toolkit.deploy(source, { stackEventPollingInterval: polling }))
      return { outputs: { ...record.result?.outputs }, changed: !record.result?.noOp, ms: Math.round(performance.now() - started) }
    })),

    /** Deletes the stack, whatever state the tree's files are in. `existed` is false where there was none. */
    destroy: ({ suffix }: Pick<Target, 'suffix'> = {}): Promise<{ existed: boolean, ms: number }> => inOrder(() => inFolder(workFolder, async (outdir) => {
      const started = performance.now()
      const stackName = suffix ? `ChatStack-${suffix}` : 'ChatStack'
      const app = new App(await appProps(outdir))
      const stack = new Stack(app, stackName, { env })
      withoutValidation(() => app.synth())
      const { result } = await operate(outdir, stack.stackName, 'destroyed', (source) => toolkit.destroy(source, { stackEventPollingInterval: polling }))
      return { existed: result.stacks.some(({ stackExisted }) => stackExisted), ms: Math.round(performance.now() - started) }
    })),

    /** Gives up what still runs and closes the connections. */
    close() {
      fallSilent()
      agent?.destroy()
    },
  }
}

type Source = Parameters<Toolkit['deploy']>[0]

const sdkConfig = ({ client, region }: DeployerOptions['cloud'], agent: ReturnType<typeof localAgent> | undefined): SdkConfig => ({
  baseCredentials: client.credentials
    ? BaseCredentials.custom({ provider: credentialProvider(client.credentials), region })
    : BaseCredentials.awsCliCompatible({ defaultRegion: region }),
  httpOptions: { agent },
})

const credentialProvider = (credentials: NonNullable<ChosenCloud['client']['credentials']>) =>
  async () => typeof credentials === 'function' ? await credentials() : credentials

/** As the CLI would make the app: context from cdk.json, paths in the template's metadata. Nothing synthesizes by itself when the process ends. */
async function appProps(outdir: string): Promise<AppProps> {
  const { context } = JSON.parse(await readFile(path.join(project, 'cdk.json'), 'utf8'))
  const metadata = { 'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true }
  return { outdir, autoSynth: false, analyticsReporting: false, context: { ...context, ...metadata } }
}

/** The built-in template validation takes 2 to 5 s, and CloudFormation judges the template anyway. Only the environment switches it off. */
function withoutValidation<T>(synth: () => T): T {
  const before = process.env.CDK_VALIDATION
  process.env.CDK_VALIDATION = 'false'
  try {
    return synth() // synchronous, so nobody else sees the variable
  } finally {
    if (before === undefined) delete process.env.CDK_VALIDATION
    else process.env.CDK_VALIDATION = before
  }
}

async function inFolder<T>(parent: string, work: (folder: string) => Promise<T>) {
  await mkdir(parent, { recursive: true })
  const folder = await mkdtemp(path.join(parent, 'cdk.out-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function within<T>(ms: number, work: () => Promise<T>, failure: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<never>((_, reject) => { timer = setTimeout(() => reject(failure()), ms) })
  try {
    return await Promise.race([work(), deadline])
  } finally {
    clearTimeout(timer)
  }
}

/** Lets one piece of work begin when the one before it has ended, well or not. */
function queue() {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work, work)
    last = result.catch(() => {})
    return result
  }
}
