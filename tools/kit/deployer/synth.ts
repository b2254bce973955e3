import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { App, AssetStaging, Stack, type AppProps, type Environment } from 'aws-cdk-lib'
import type { CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api'
import { root as project } from '../../lib/paths.ts'
import { programLoader, synthFailure } from './program.ts'

/** How far to build: steps 1 to `upTo` (default all), with the participant's suffix in a shared account. */
export type Target = { upTo?: number, suffix?: string }

/** A megabyte each, one per save of a handler. */
const MOST_BUNDLES = 20

/**
 * Builds the stack of the tree in `root` as its files are now, into a folder. Throws DeployFailure.
 *
 * @param env account and region, which become part of the template
 */
export function synthesizer({ root: tree, workFolder, env, bundles = new Map() }: { root: string, workFolder: string, env: Environment, bundles?: Map<string, Uint8Array> }) {
  const root = path.resolve(tree)
  const load = programLoader({ root, workFolder })

  return async function synthesize({ upTo, suffix }: Target, outdir: string) {
    const { chatApp, locate } = await load()
    const props = { ...await appProps(outdir), root, env, upTo, suffix, bundles, nodePaths: [path.join(project, 'node_modules')] }
    if (bundles.size > MOST_BUNDLES) bundles.clear()
    // By default the CDK keeps the hash of each asset path it has seen, and would upload yesterday's code.
    AssetStaging.clearAssetHashCache()
    try {
      const stack = withoutValidation(() => chatApp(props).synth().stacks[0]!)
      return { stack, placeOf: (logicalId: string) => locate(creationOf(stack, logicalId)) }
    } catch (error) {
      throw synthFailure(error, locate)
    }
  }
}

/** The stack trace that the CDK keeps of where a resource was made; empty where the way there was too long for it. */
function creationOf({ metadata }: CloudFormationStackArtifact, logicalId: string) {
  const entries = Object.values(metadata).find((all) => all.some(({ type, data }) => type === 'aws:cdk:logicalId' && data === logicalId))
  return [entries?.find(({ type }) => type === 'aws:cdk:creationStack')?.data ?? []].flat().join('\n')
}

/** A stack of the chat's name without anything in it: all that is needed to delete the real one, whatever state its code is in. */
export async function synthesizeEmpty(outdir: string, env: Environment, suffix?: string) {
  const app = new App(await appProps(outdir))
  const { stackName } = new Stack(app, suffix ? `ChatStack-${suffix}` : 'ChatStack', { env })
  withoutValidation(() => app.synth())
  return stackName
}

/** Lends `work` a folder inside `parent`. */
export async function inFolder<T>(parent: string, work: (folder: string) => Promise<T>) {
  await mkdir(parent, { recursive: true })
  const folder = await mkdtemp(path.join(parent, 'cdk.out-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** As the CLI would make the app: context from cdk.json, paths in the metadata. Nothing synthesizes by itself when the process ends. */
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
