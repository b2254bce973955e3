import { spawn } from 'node:child_process'
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { KitError } from '../../lib/kit-error.ts'
import { duration, note } from '../../lib/output.ts'
import { root, shown } from '../../lib/paths.ts'

const docs = path.join(root, 'docs')

/** Where the built site is. */
export const builtSite = path.join(docs, 'build')
const nextSite = path.join(docs, 'build-next')
export const isBuilt = () => existsSync(path.join(builtSite, 'index.html'))

/** Installs the packages of the site where they are missing: they are many, so the kit itself does without them. Throws KitError. */
export async function installSite() {
  if (isInstalled()) return
  note('Installing the packages of the site (once, some 550 MB, one to two minutes) …')
  const started = Date.now()
  const { code, output } = await run(npm(), ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { quiet: true })
  if (code !== 0) throw failed('The packages of the site could not be installed.', output, 'Check the network and the disk (550 MB), then run the command again.')
  note(`Installed in ${duration(Date.now() - started)}.`)
}

/** Builds the site into `docs/build`. Throws KitError with what Docusaurus said. */
export async function buildSite() {
  await installSite()
  note('Building the site …')
  const started = Date.now()
  await generate()
  // Beside the old one, so that whoever reads it has it until the new one is whole.
  const { code, output } = await run([docusaurus], ['build', '--out-dir', nextSite], { quiet: true })
  if (code !== 0) throw failed('The site could not be built.', output, 'Mend what the lines above name, then: npm run docs build')
  rmSync(builtSite, { recursive: true, force: true })
  renameSync(nextSite, builtSite)
  note(`Built in ${duration(Date.now() - started)}.`)
}

/** Shows the pages as they are written, until Ctrl-C. Answers the exit code. */
export async function showWhileWriting(port: number): Promise<number> {
  await installSite()
  await generate()
  // The server of Docusaurus ends by itself on Ctrl-C; we end after it.
  process.on('SIGINT', () => {})
  const { code } = await run([docusaurus], ['start', '--no-open', '--host', '127.0.0.1', '--port', String(port)])
  return code
}

async function generate() {
  const { code, output } = await run([path.join(docs, 'node_modules/tsx/dist/cli.mjs')], ['generate/index.ts'], { quiet: true })
  if (code !== 0) throw failed('The pages of the mistakes could not be written.', output, 'Mend what the lines above name.')
}

const docusaurus = path.join(docs, 'node_modules/@docusaurus/core/bin/docusaurus.mjs')

/** As in run.mjs: npm writes its lock into node_modules last. */
function isInstalled() {
  const done = path.join(docs, 'node_modules/.package-lock.json')
  if (!existsSync(done)) return false
  const present = packages(done)
  return Object.entries(packages(path.join(docs, 'package-lock.json')))
    .every(([place, { version, optional }]) => place === '' || optional || present[place]?.version === version)
}

const packages = (file: string) => JSON.parse(readFileSync(file, 'utf8')).packages as Record<string, { version?: string, optional?: boolean }>

/** npm as this command was started with, or the one beside node: never through a shell. */
function npm(): string[] {
  const beside = ['node_modules/npm/bin/npm-cli.js', '../lib/node_modules/npm/bin/npm-cli.js'].map((file) => path.join(path.dirname(process.execPath), file))
  const found = [process.env.npm_execpath, ...beside].find((file) => file && /npm-cli\.c?js$/.test(file) && existsSync(file))
  if (!found) throw new KitError({ what: 'npm was not found beside Node.', where: process.execPath, next: 'cd docs && npm ci, then run the command again' })
  return [found]
}

/** Runs a script of Node in `docs/`; quiet: what it prints is kept for the case that it fails. */
function run(script: string[], args: string[], { quiet = false } = {}): Promise<{ code: number, output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...script, ...args], {
      cwd: docs,
      env: { ...process.env, NO_UPDATE_NOTIFIER: '1', DOCUSAURUS_NO_PERSISTENT_CACHE: '1' },
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    })
    let output = ''
    child.stdout?.on('data', (chunk) => { output += chunk })
    child.stderr?.on('data', (chunk) => { output += chunk })
    child.on('error', (error) => resolve({ code: 1, output: `${output}${error.message}` }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

function failed(what: string, output: string, next: string) {
  note(output.trim().split('\n').slice(-25).join('\n'))
  return new KitError({ what, where: shown(docs), next })
}
