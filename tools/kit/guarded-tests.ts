import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { note } from '../lib/output.ts'
import { root } from '../lib/paths.ts'

/** Files below `tools/` whose name has this ending, from the root, sorted. */
export const filesEnding = (ending: string) => readdirSync(path.join(root, 'tools'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith(ending) && !name.includes('node_modules'))
  .map((name) => `tools/${name.replaceAll(path.sep, '/')}`).sort()

type GuardedOptions = {
  /** a name of Node's, or the URL of a module. @default spec */
  reporter?: string
  /** what the tests and the reporter find in their environment besides */
  environment?: NodeJS.ProcessEnv
  /** regular expressions: only tests whose name one of them knows */
  named?: string[]
}

/**
 * Runs test files, two at a time, under a guard that fails every connection off loopback, with a kit's memory of their own. Answers the exit code.
 *
 */
export async function guardedTests(files: string[], { reporter = 'spec', environment = {}, named = [] }: GuardedOptions = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'workshop-test-'))
  const log = path.join(folder, 'off-loopback.txt')
  const guard = path.join(root, 'tools/kit/loopback-guard.cjs')
  const code = await runNode(['--import', 'tsx', '--test', '--test-concurrency=2', `--test-reporter=${reporter}`, ...named.map((pattern) => `--test-name-pattern=${pattern}`), ...files], {
    ...process.env,
    ...environment,
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --require ${JSON.stringify(guard)}`.trim(),
    LOOPBACK_GUARD_LOG: log,
    WORKSHOP_HOME: path.join(folder, 'home'),
  })
  const escaped = existsSync(log) ? readFileSync(log, 'utf8') : ''
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  if (escaped) note(`✗ Something reached off loopback:\n${escaped}`)
  return escaped ? 1 : code
}

/** Runs Node from the root, with what it prints passed on. Answers the exit code. */
export const runNode = (args: string[], env: NodeJS.ProcessEnv = process.env) => new Promise<number>((resolve, reject) => {
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env })
  child.on('error', reject)
  child.on('close', (code) => resolve(code ?? 1))
})
