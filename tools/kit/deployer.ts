import { BaseCredentials, Toolkit, type SdkConfig } from '@aws-cdk/toolkit-lib'
import type { ChosenCloud } from '../lib/cloud.ts'
import { inWorkshop } from '../lib/paths.ts'
import type { LocalSource } from '../verify/source.ts'
import { DeployFailure, stackFailure } from './deployer/failure.ts'
import { createHost, type DeployEvent, type Recorded } from './deployer/host.ts'
import { localAgent } from './deployer/local-agent.ts'
import { sourcesIn } from './deployer/sources.ts'
import { inFolder, synthesizeEmpty, synthesizer, type Target } from './deployer/synth.ts'

export { DeployFailure } from './deployer/failure.ts'
export type { DeployEvent } from './deployer/host.ts'
export type { Target } from './deployer/synth.ts'

export type DeployerOptions = {
  /** a complete tree like steps/; failures name its files by the folder's own name */
  root: string
  cloud: Pick<ChosenCloud, 'account' | 'region' | 'endpoint' | 'client'>
  /** for what is removed again, and the CDK's caches. @default `.workshop/cdk` */
  workFolder?: string
  /** bundled functions by their source, for deployers that work on nearly the same tree. @default one's own */
  bundles?: Map<string, Uint8Array>
  onEvent?: (event: DeployEvent) => void
  /** how long one deploy or destroy may take; the toolkit would wait for ever. @default 60 s locally, 10 minutes on AWS */
  timeoutMs?: number
}

/** `changed` is false where the stack was as it should be already. `sources` is what verify takes to name lines. */
export type Deployed = { outputs: Record<string, string>, changed: boolean, sources: LocalSource[], ms: number }

/** The part of a CloudFormation template that anyone here reads. */
export type Template = {
  Resources: Record<string, { Type: string, Properties?: Record<string, unknown>, Metadata?: Record<string, unknown> }>
  Outputs?: Record<string, { Value: unknown }>
}

export type Deployer = ReturnType<typeof createDeployer>

type Source = Parameters<Toolkit['deploy']>[0]
type Verb = 'deployed' | 'destroyed'
type Operation<T> = {
  outdir: string
  stackName: string
  verb: Verb
  placeOf?(logicalId: string): string | undefined
  signal?: AbortSignal
  run(source: Source): Promise<T>
}
type Ends = { timeoutMs: number, signal: AbortSignal }

/**
 * Deploys a tree like steps/ from within this process, with the CDK's own toolkit: the stack that `npm run cdk deploy` makes, a change of a
 * handler in a fraction of a second. Each call reads the files anew. Calls of one deployer run one after the other; several deployers may
 * work at once. All throw DeployFailure.
 */
export function createDeployer({
  root, cloud, workFolder = inWorkshop('cdk'), bundles, onEvent = () => {}, timeoutMs = cloud.endpoint ? 60_000 : 600_000,
}: DeployerOptions) {
  const env = { account: cloud.account, region: cloud.region }
  const synthesize = synthesizer({ root, workFolder, env, bundles })
  const inOrder = queue()
  const closing = new AbortController()
  const agent = cloud.endpoint ? localAgent(cloud.endpoint) : undefined
  const { host, begin, fallSilent } = createHost(onEvent)
  const toolkit = new Toolkit({ ioHost: host, emojis: false, color: false, sdkConfig: sdkConfig(cloud, agent) })
  const options = { stackEventPollingInterval: cloud.endpoint ? 200 : 2_000 }
  const update = (source: Source) => toolkit.deploy(source, options)
  const remove = (source: Source) => toolkit.destroy(source, options)
  // Where the toolkit remembers the account of each access key. It reads the variable each time, so it must outlive every deployer's own folder.
  process.env.CDK_HOME ??= inWorkshop('cdk')

  /** Runs one operation of the toolkit on the assembly in `outdir`. */
  async function operate<T>({ outdir, stackName, verb, placeOf, signal, run }: Operation<T>) {
    const record = begin()
    const ends = { signal: AbortSignal.any([closing.signal, ...signal ? [signal] : []]), timeoutMs }
    try {
      const source = await toolkit.fromAssemblyDirectory(outdir)
      const result = await untilEnd(ends, run(source), (phase) => {
        fallSilent()
        return givenUp(phase, stackName, verb, record, timeoutMs)
      })
      return { record, result }
    } catch (error) {
      throw error instanceof DeployFailure ? error : stackFailure(stackName, verb, { ...record, placeOf }, error)
    }
  }

  const timed = <T extends object>(work: (outdir: string) => Promise<T>) => inOrder(() => inFolder(workFolder, async (outdir) => {
    const started = performance.now()
    const result = await work(outdir)
    return { ...result, ms: Math.round(performance.now() - started) }
  }))

  return {
    /** The template of the stack and what its functions are made of, without touching any cloud. */
    synth: (target: Target = {}) => timed(async (outdir) => {
      const { stack: { template } } = await synthesize(target, outdir)
      return { template: template as Template, sources: await sourcesIn(outdir, template, { root, ...target }) }
    }),

    /** Creates or updates the stack. `signal` gives up waiting; what CloudFormation has begun it also ends. */
    deploy: ({ signal, ...target }: Target & { signal?: AbortSignal } = {}): Promise<Deployed> => timed(async (outdir) => {
      const { stack: { stackName, template }, placeOf } = await synthesize(target, outdir)
      const sources = await sourcesIn(outdir, template, { root, ...target })
      const { record } = await operate({ outdir, stackName, verb: 'deployed', placeOf, signal, run: update })
      return { outputs: { ...record.result?.outputs }, changed: !record.result?.noOp, sources }
    }),

    /** Deletes the stack, whatever state the tree's files are in. `existed` is false where there was none. */
    destroy: ({ suffix, signal }: Pick<Target, 'suffix'> & { signal?: AbortSignal } = {}) => timed(async (outdir) => {
      const stackName = await synthesizeEmpty(outdir, env, suffix)
      const { result } = await operate({ outdir, stackName, verb: 'destroyed', signal, run: remove })
      return { existed: result.stacks.some(({ stackExisted }) => stackExisted) }
    }),

    /** Gives up what still runs, and closes the connections. */
    close() {
      closing.abort()
      fallSilent()
      agent?.destroy()
    },
  }
}

const sdkConfig = ({ client, region }: DeployerOptions['cloud'], agent: ReturnType<typeof localAgent> | undefined): SdkConfig => ({
  baseCredentials: client.credentials
    ? BaseCredentials.custom({ provider: credentialProvider(client.credentials), region })
    : BaseCredentials.awsCliCompatible({ defaultRegion: region }),
  httpOptions: { agent },
})

const credentialProvider = (credentials: NonNullable<ChosenCloud['client']['credentials']>) =>
  async () => typeof credentials === 'function' ? await credentials() : credentials

function givenUp(phase: 'timeout' | 'stopped', stackName: string, verb: Verb, { events }: Recorded, timeoutMs: number) {
  const last = events.at(-1)
  return new DeployFailure({
    phase, where: last?.logicalId ?? stackName,
    what: `${stackName} was not ${verb} ${phase === 'timeout' ? `within ${timeoutMs / 1_000} s` : 'before the wait was ended'}`,
    reason: last ? `the last thing heard of was ${last.status} of ${last.type}` : 'CloudFormation had told nothing yet',
    next: 'Wait until the stack has come to rest, then try again.',
  })
}

/** What `work` answers, or the failure where time is up or `signal` aborts before. */
async function untilEnd<T>({ timeoutMs, signal }: Ends, work: Promise<T>, failure: (phase: 'timeout' | 'stopped') => Error) {
  const ended = new AbortController()
  const end = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(failure('timeout')), timeoutMs)
    ended.signal.addEventListener('abort', () => clearTimeout(timer))
    signal.addEventListener('abort', () => reject(failure('stopped')), { signal: ended.signal })
    if (signal.aborted) reject(failure('stopped'))
  })
  try {
    return await Promise.race([work, end])
  } finally {
    ended.abort()
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
