import { spawn } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from '../lib/paths.ts'

/**
 * Where a step's file is run by itself (`node --import tsx tools/verify/step-2.ts --json`), does what `npm run verify:step-2` does. A process of its own,
 * because choosing the cloud is the kit's business, above this folder.
 */
export function runAlone({ url }: ImportMeta, step: number) {
  if (process.argv[1] !== fileURLToPath(url)) return

  const command = [path.join(root, 'tools/kit/run.mjs'), 'verify', `step-${step}`, ...process.argv.slice(2)]
  spawn(process.execPath, command, { stdio: 'inherit' }).once('exit', (code) => { process.exitCode = code ?? 1 })
}
