import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { KitError } from '../lib/kit-error.ts'
import { note } from '../lib/output.ts'
import { root } from '../lib/paths.ts'
import type { Command } from './command.ts'

const usage = 'npm test'

export const command: Command = {
  summary: 'Type check, lint, and every test: the parts in process, starters that must fail, solutions that must pass, one mutant per step.',
  usage: `${usage} | npm test PART`,
  details: ['PART   only test files whose path contains this, without type check and lint'],
  example: 'npm test tools/verify',
  async run(parts) {
    const files = testFiles().filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)))
    if (files.length === 0) throw new KitError({ what: `No test file's path contains "${parts.join('" or "')}".`, next: usage })
    if (parts.length === 0 && !(await check('Types', 'typescript/bin/tsc', ['--noEmit']) && await check('Lint', 'oxlint/bin/oxlint', ['--quiet']))) return 1
    return guardedTests(files)
  },
}

const testFiles = () => readdirSync(path.join(root, 'tools'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts') && !name.includes('node_modules'))
  .map((name) => `tools/${name.replaceAll(path.sep, '/')}`).sort()

async function check(title: string, binary: string, args: string[]) {
  note(`${title} …`)
  const code = await run(packageBinary(binary), args)
  if (code !== 0) note(`✗ ${title}: see above.`)
  return code === 0
}

/** Runs the files under a guard that fails every connection off loopback. */
async function guardedTests(files: string[]) {
  const folder = mkdtempSync(path.join(tmpdir(), 'workshop-test-'))
  const log = path.join(folder, 'off-loopback.txt')
  const guard = path.join(root, 'tools/kit/loopback-guard.cjs')
  note('Tests …')
  const code = await nodeTests(files, {
    ...process.env,
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --require ${JSON.stringify(guard)}`.trim(),
    LOOPBACK_GUARD_LOG: log,
    WORKSHOP_HOME: path.join(folder, 'home'),
  })
  const escaped = existsSync(log) ? readFileSync(log, 'utf8') : ''
  rmSync(folder, { recursive: true, force: true })
  if (escaped) note(`✗ Something reached off loopback:\n${escaped}`)
  return escaped ? 1 : code
}

function nodeTests(files: string[], env: NodeJS.ProcessEnv) {
  return run('--import', ['tsx', '--test', '--test-concurrency=2', '--test-reporter=spec', ...files], env)
}

const run = (first: string, args: string[], env: NodeJS.ProcessEnv = process.env) => new Promise<number>((resolve, reject) => {
  const child = spawn(process.execPath, [first, ...args], { cwd: root, stdio: 'inherit', env })
  child.on('error', reject)
  child.on('close', (code) => resolve(code ?? 1))
})

/** A package's command as a file for Node, so that no shell is needed on any system. */
const packageBinary = (binary: string) => path.join(root, 'node_modules', ...binary.split('/'))
