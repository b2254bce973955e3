// What every npm script starts. Plain JavaScript without packages, because it runs before anything is installed:
// it checks Node, installs what is missing, then hands over to tools/kit/NAME.ts.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
const [name, ...args] = process.argv.slice(2)

refuseOldNode()
if (!isInstalled()) await install()
// The SDK warns on Node 20 each time; the README says once that 22 and 24 are better.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
// The participant's shell may stand anywhere; every path in the kit is meant from the root.
process.chdir(root)
const { register } = await import('tsx/esm/api')
register()
const { runCommand } = await import(pathToFileURL(path.join(root, 'tools/kit/cli.ts')).href)
await runCommand(name, args)

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  console.error(`✗ This kit needs Node 20.19 or newer, and this is ${process.versions.node}.\n  at   ${process.execPath}\n  next Install Node 22 or 24 (https://nodejs.org), open a new terminal, and run the command again.`)
  process.exit(1)
}

/** npm writes its own lock into node_modules last; one that is missing or older than ours means that something is not there yet. */
function isInstalled() {
  const done = path.join(root, 'node_modules/.package-lock.json')
  if (!existsSync(done)) return false
  const wanted = Object.entries(JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages)
  if (statSync(done).mtimeMs >= statSync(path.join(root, 'package-lock.json')).mtimeMs) return true
  const present = JSON.parse(readFileSync(done, 'utf8')).packages
  return wanted.every(([place, { version, optional }]) => place === '' || optional || present[place]?.version === version)
}

async function install() {
  console.error('Installing the packages of the kit (once, about half a minute) …')
  const started = Date.now()
  const seconds = () => Math.round((Date.now() - started) / 1000)
  const ticking = setInterval(() => {
    if (process.stderr.isTTY) process.stderr.write(`\r  ${seconds()} s `)
    else if (seconds() % 10 === 0) console.error(`  ${seconds()} s`)
  }, 1000)
  const { code, output } = await npm(['ci', '--no-audit', '--no-fund', '--ignore-scripts'])
  clearInterval(ticking)
  if (process.stderr.isTTY) process.stderr.write('\r          \r')
  if (code === 0) return console.error(`Installed in ${seconds()} s.`)

  console.error(output.trim().split('\n').slice(-15).join('\n'))
  console.error(`✗ The packages could not be installed (npm ci ended with ${code}).\n  at   ${root}\n  next ${adviceFor(output)}`)
  process.exit(1)
}

function adviceFor(output) {
  if (/ENOTFOUND|ETIMEDOUT|ECONNREFUSED|ECONNRESET|EAI_AGAIN/.test(output)) return 'Check the network. Behind a company proxy: npm config set proxy http://HOST:PORT, then run the command again.'
  if (/ENOSPC/.test(output)) return 'Free about 600 MB of disk space, then run the command again.'
  if (/EACCES|EPERM|EBUSY/.test(output)) return 'Close editors and other terminals that use this folder, check that you may write to it, then run the command again.'
  return 'Read the lines above, then try: npm ci'
}

/** npm as it was started with, or the one beside node: never through a shell. */
function npm(args) {
  const candidates = [process.env.npm_execpath, path.join(path.dirname(process.execPath), 'node_modules/npm/bin/npm-cli.js'), path.join(path.dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js')]
  const cli = candidates.find((file) => file && /\.c?js$/.test(file) && existsSync(file))
  return new Promise((resolve) => {
    const child = cli
      ? spawn(process.execPath, [cli, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
      : spawn(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' })
    let output = ''
    child.stdout.on('data', (chunk) => { output += chunk })
    child.stderr.on('data', (chunk) => { output += chunk })
    child.on('error', (error) => resolve({ code: 1, output: `${output}${error.message}` }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}
