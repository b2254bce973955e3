import { createHash } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { createRequire, isBuiltin, SourceMap } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { App, AppProps, Environment } from 'aws-cdk-lib'
import { build, type BuildFailure, type Plugin } from 'esbuild'
import { DeployFailure } from './failure.ts'

/** What `app.ts` of a tree like steps/ exports. */
type ChatApp = (props: ChatAppProps) => App

type ChatAppProps = AppProps & {
  root?: string
  upTo?: number
  suffix?: string
  env?: Environment
  nodePaths?: string[]
  bundles?: Map<string, Uint8Array>
}

/** A tree's CDK program as it is now. */
export type Program = { chatApp: ChatApp, locate: Locate }

/** The first place in the participant's files that a stack trace goes through: `steps/01-connect/connect.ts:12:3`. */
export type Locate = (stackTrace: string) => string | undefined

/**
 * Reads `root`/app.ts and all it imports afresh on each call. A file is imported once and never again, so the program is bundled to a new
 * file each time it has changed, and that file is imported. Packages stay outside of the bundle, to be loaded once.
 *
 * @throws DeployFailure for a syntax error, a missing file or package, and an app.ts without `chatApp`
 */
export function programLoader({ root, workFolder }: { root: string, workFolder: string }) {
  let loaded: { hash: string, program: Program } | undefined

  return async function load(): Promise<Program> {
    const { code, map } = await bundle(root)
    const hash = createHash('sha256').update(code).digest('hex').slice(0, 16)
    if (loaded?.hash === hash) return loaded.program

    const file = path.join(workFolder, `app-${hash}-${process.hrtime.bigint()}.mjs`)
    await mkdir(workFolder, { recursive: true })
    await writeFile(file, code)
    const locate = locator(root, file, map)
    try {
      const module = await import(pathToFileURL(file).href)
      if (typeof module.chatApp !== 'function') throw noChatApp(root)
      loaded = { hash, program: { chatApp: module.chatApp, locate } }
      return loaded.program
    } catch (error) {
      throw error instanceof DeployFailure ? error : synthFailure(error, locate)
    } finally {
      await rm(file, { force: true })
    }
  }
}

/** What the program threw, as a failure with the place in the participant's file. */
export function synthFailure(error: unknown, locate: Locate) {
  const { name, message, where, stack = '' } = error as { name?: string, message?: string, where?: string, stack?: string }
  if (name === 'BundleError' && where && message) {
    const reason = message.slice(where.length).trim()
    return new DeployFailure({ phase: 'bundle', what: 'A function could not be bundled', where, reason }, { cause: error })
  }
  const reason = String(message ?? error).split('\n').map((line) => line.trim()).find(Boolean) ?? 'no reason was given'
  return new DeployFailure({ phase: 'synth', what: 'The stack could not be built', where: locate(stack), reason }, { cause: error })
}

const noChatApp = (root: string) => new DeployFailure({
  phase: 'synth',
  what: 'The stack could not be built',
  where: shownIn(root, 'app.ts'),
  reason: 'app.ts exports no function chatApp',
  next: 'Bring app.ts back: git checkout steps/app.ts',
})

async function bundle(root: string) {
  try {
    const { outputFiles } = await build({
      entryPoints: [path.join(root, 'app.ts')],
      absWorkingDir: root,
      bundle: true, platform: 'node', target: 'node20', format: 'esm', charset: 'utf8',
      plugins: [packagesStayOutside], sourcemap: 'external', outfile: 'app.mjs', write: false, logLevel: 'silent',
    })
    const [map, code] = ['.map', '.mjs'].map((ending) => outputFiles.find((file) => file.path.endsWith(ending))!.text)
    return { code: code!, map: map! }
  } catch (error) {
    const [first] = (error as BuildFailure).errors ?? []
    if (!first) throw error
    const { file = 'app.ts', line, column } = first.location ?? {}
    const where = [shownIn(root, file), line, column].filter((part) => part !== undefined).join(':')
    throw new DeployFailure({ phase: 'bundle', what: 'The CDK app could not be read', where, reason: first.text }, { cause: error })
  }
}

/** The bundle may lie outside of the project, so the kit's own packages are named by URL. One that is not there is esbuild's to report. */
const packagesStayOutside: Plugin = {
  name: 'packages-stay-outside',
  setup({ onResolve }) {
    const { resolve } = createRequire(import.meta.url)
    onResolve({ filter: /^[^./]/ }, ({ path: name, kind }) => {
      if (kind === 'entry-point' || isBuiltin(name) || path.isAbsolute(name)) return undefined
      try {
        return { path: pathToFileURL(resolve(name)).href, external: true }
      } catch {
        return undefined
      }
    })
  },
}

/** Finds the frame of a stack trace that lies in a step, else in any file of the tree. */
function locator(root: string, bundled: string, map: string): Locate {
  const sourceMap = new SourceMap(JSON.parse(map))
  const frame = new RegExp(`${path.basename(bundled).replaceAll('.', '\\.')}[^\\s:]*:(\\d+):(\\d+)`, 'g')

  return (stackTrace) => {
    const places = [...stackTrace.matchAll(frame)].flatMap(([, line, column]) => {
      const entry = sourceMap.findEntry(Number(line) - 1, Number(column) - 1)
      if (!('originalSource' in entry)) return []
      return [`${shownIn(root, entry.originalSource)}:${entry.originalLine + 1}:${entry.originalColumn + 1}`]
    })
    return places.find((place) => place.split('/').length > 2) ?? places[0]
  }
}

/** A file of the tree as the participant knows it: `steps/01-connect/connect.ts`. */
const shownIn = (root: string, file: string) =>
  path.posix.join(path.basename(root), path.relative(root, path.resolve(root, file)).replaceAll(path.sep, '/'))
