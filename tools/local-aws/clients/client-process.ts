import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { LocalAws } from '../index.ts'

/** After which a suite counts as hanging. */
export const PATIENCE_MS = 300_000

/** What a client printed, and how it ended. */
export type Ended = { code: number | null, stdout: string, stderr: string }

/** An empty home for clients, so that nothing of this machine's own settings, credentials or caches decides what is tested. */
export async function emptyHome() {
  const folder = await mkdtemp(path.join(tmpdir(), 'clients-'))
  return {
    folder,
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  }
}

/** The whole environment of a client: an empty home, the keys, and for Python a guard that refuses whatever is off loopback. */
export const clientEnvironment = (home: string, { keys, region }: Pick<LocalAws, 'keys' | 'region'>): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  LANG: 'C.UTF-8',
  HOME: home,
  PYTHONPATH: path.join(import.meta.dirname, 'guard'),
  PYTHONDONTWRITEBYTECODE: '1',
  LOOPBACK_GUARD_LOG: process.env.LOOPBACK_GUARD_LOG,
  AWS_ACCESS_KEY_ID: keys.accessKeyId,
  AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_CONFIG_FILE: path.join(home, 'no-config'),
  AWS_SHARED_CREDENTIALS_FILE: path.join(home, 'no-credentials'),
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_PAGER: '',
  AWS_MAX_ATTEMPTS: '1', // a second attempt would hide that the first failed
})

/** Runs a client to its end. */
export function run(file: string, args: string[], { env, cwd }: { env: NodeJS.ProcessEnv, cwd?: string }): Promise<Ended> {
  const child = spawn(file, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  const printed = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk) => { printed.stdout += chunk })
  child.stderr.on('data', (chunk) => { printed.stderr += chunk })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, ...printed }))
  })
}

/** Ends a client that is still there, and waits until it is gone. */
export async function end(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => { child.once('close', resolve) })
  child.kill()
  await gone
}
