import { spawn } from 'node:child_process'
import { cp, readFile, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { localCloud } from '../../lib/cloud.ts'
import { root } from '../../lib/paths.ts'
import type { LocalAws } from '../index.ts'
import { end, type Ended } from './client-process.ts'

/** A running command of the CDK, what it printed so far, and a way to wait. */
export type CdkCommand = { ended: Promise<Ended>, prints(wanted: RegExp): Promise<void>, stop(): Promise<void> }

/** A project of its own with the solutions in it, and the unmodified CDK command line that works there. */
export async function cdkWorkbench(aws: LocalAws, folder: string, environment: NodeJS.ProcessEnv) {
  await cp(path.join(root, 'solutions'), folder, { recursive: true })
  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction')
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ type: 'module' }))
  await writeFile(path.join(folder, 'cdk.json'), JSON.stringify({
    app: `"${process.execPath}" --import tsx app.ts`, notices: false, versionReporting: false, watch: { include: ['0*/**', '*.ts'], exclude: ['cdk.out', 'node_modules'] },
  }))
  const env = { ...environment, ...localCloud(aws).environment, HOME: folder, CDK_HOME: path.join(folder, '.cdk'), NO_COLOR: '1', CI: '1' }

  function start(...words: string[]): CdkCommand {
    const child = spawn(process.execPath, [path.join(root, 'node_modules/aws-cdk/bin/cdk'), ...words], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const printed = { stdout: '', stderr: '' }
    let look = () => {}
    for (const name of ['stdout', 'stderr'] as const) child[name].on('data', (chunk) => { printed[name] += chunk; look() })
    const ended = new Promise<Ended>((resolve) => { child.once('close', (code) => resolve({ code, ...printed })) })
    return {
      ended,
      prints: (wanted) => new Promise((resolve, reject) => {
        const all = () => printed.stdout + printed.stderr
        look = () => { if (wanted.test(all())) resolve() }
        void ended.then(() => reject(new Error(`cdk ${words[0]} ended before it printed ${wanted}:\n${all()}`)))
        look()
      }),
      stop: () => end(child),
    }
  }

  return {
    start,
    /** Runs a command to its end. */
    run: (...words: string[]) => start(...words).ended,
    /** Replaces `from`, which the file must have once. */
    async edit(file: string, from: string, to: string) {
      const name = path.join(folder, file)
      const parts = (await readFile(name, 'utf8')).split(from)
      if (parts.length !== 2) throw new Error(`${file} has ${JSON.stringify(from)} ${parts.length - 1} times.`)
      await writeFile(name, parts.join(to))
    },
  }
}
