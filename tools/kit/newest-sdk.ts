import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { KitError } from '../lib/kit-error.ts'
import { root } from '../lib/paths.ts'

/** A package, the version that the kit was written with, and the newest one. */
export type Version = { name: string, ours: string, newest: string }

/** The packages of the SDK that the kit uses as a client, with their versions. */
export function ownSdk(): Record<string, string> {
  const { dependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { dependencies: Record<string, string> }
  return Object.fromEntries(Object.entries(dependencies).filter(([name]) => /^@aws-sdk\/(client|lib)-|^@smithy\/signature-/.test(name)))
}

/**
 * Installs the newest version of each package into `folder`, as npm is set up here. Nothing of the kit is touched.
 *
 * @param npm the file of npm's command; npm names it to whatever it runs
 * @throws KitError where the registry does not answer, or what it offers cannot be installed
 */
export async function installNewest(packages: Record<string, string>, folder: string, npm = process.env.npm_execpath): Promise<Version[]> {
  if (!npm) throw new KitError({ what: 'This is not run by npm, which it needs to install something.', next: 'npm run test:sdk-newest' })
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ private: true }))
  const wanted = Object.keys(packages).map((name) => `${name}@latest`)
  const { code, printed } = await run([npm, 'install', '--no-audit', '--no-fund', '--ignore-scripts', '--no-package-lock', '--fetch-retries=1', '--loglevel=error', '--prefix', folder, ...wanted])
  if (code !== 0) throw new KitError({
    what: `npm could not install the newest SDK: ${reasonIn(printed)}`,
    next: 'Look whether the registry can be reached: npm ping. Everything else works without it: npm run test:clients',
  })

  return Object.entries(packages).map(([name, ours]) => {
    const { version } = JSON.parse(readFileSync(path.join(folder, 'node_modules', name, 'package.json'), 'utf8')) as { version: string }
    return { name, ours, newest: version }
  })
}

/** The line in which npm says what went wrong, which is neither a code nor where its log is. */
const reasonIn = (printed: string) => printed.split('\n').map((line) => line.replace(/^npm (error|ERR!) ?/, '').trim())
  .find((line) => line && !/^(code|errno|syscall|npm warn)\b/i.test(line)) ?? 'it gave no reason'

/** Runs npm, which must not take the folder of the kit for its project. */
const run = (args: string[]) => new Promise<{ code: number | null, printed: string }>((resolve, reject) => {
  const child = spawn(process.execPath, args, { cwd: args[args.indexOf('--prefix') + 1], stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, NODE_OPTIONS: '' } })
  let printed = ''
  child.stderr.on('data', (chunk) => { printed += chunk })
  child.on('error', reject)
  child.on('close', (code) => resolve({ code, printed }))
})
