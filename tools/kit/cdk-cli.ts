import { spawn } from 'node:child_process'
import path from 'node:path'
import type { ChosenCloud } from '../lib/cloud.ts'
import { KitError } from '../lib/kit-error.ts'
import { root } from '../lib/paths.ts'
import { cdkEnvironment } from './cdk-environment.ts'

export const cdkBinary = path.join(root, 'node_modules/aws-cdk/bin/cdk')

/** Runs the unmodified CDK command line and answers what it printed. Throws KitError with its last lines where it fails. */
export function runCdk(cloud: ChosenCloud, args: string[], { home }: { home?: string } = {}): Promise<string> {
  const child = spawn(process.execPath, [cdkBinary, ...args, '--progress', 'events'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...cdkEnvironment(cloud, { home }), NO_COLOR: '1', CI: '1' } })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => { output += chunk })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => code === 0
      ? resolve(output)
      : reject(new KitError({ what: `cdk ${args[0]} ended with code ${code}.\n${output.trim().split('\n').slice(-15).join('\n')}`, where: 'solutions/app.ts', next: `The same by hand: npm run cdk ${args[0]}` })))
  })
}
