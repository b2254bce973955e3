import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, readFile, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { localCloud } from '../../lib/cloud.ts'
import { root } from '../../lib/paths.ts'
import type { LocalAws } from '../index.ts'
import { end } from './client-process.ts'

const cdk = path.join(root, 'node_modules/aws-cdk/bin/cdk')

/** How a command ended, and all that it printed; the CDK says little on standard output and much on standard error, or the reverse. */
export type CdkEnd = { code: number | null, printed: string }

/** A running command. `prints` resolves once all that it printed so far matches. */
export type CdkCommand = { ended: Promise<CdkEnd>, prints(wanted: RegExp): Promise<void>, stop(): Promise<void> }

/** A project of its own with the solutions in it, and the unmodified CDK command line that works there. */
export async function cdkWorkbench(aws: LocalAws, folder: string, environment: NodeJS.ProcessEnv) {
  await cp(path.join(root, 'solutions'), folder, { recursive: true })
  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction')
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ type: 'module' }))
  await writeFile(path.join(folder, 'cdk.json'), JSON.stringify({
    app: `"${process.execPath}" --import tsx app.ts`, notices: false, versionReporting: false,
    watch: { include: ['0*/**', '*.ts'], exclude: ['cdk.out', 'node_modules'] },
  }))
  const env = { ...environment, ...localCloud(aws).environment, HOME: folder, CDK_HOME: path.join(folder, '.cdk'), NO_COLOR: '1', CI: '1' }

  function start(...words: string[]): CdkCommand {
    const child = spawn(process.execPath, [cdk, ...words], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let printed = ''
    const waiting = new Set<() => void>()
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => {
      printed += chunk
      for (const look of waiting) look()
    })
    const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, printed }))

    const prints = (wanted: RegExp) => new Promise<void>((resolve, reject) => {
      const look = () => { if (wanted.test(printed)) resolve() }
      waiting.add(look)
      void ended.then(() => reject(new Error(`cdk ${words[0]} ended before it printed ${wanted}:\n${printed}`)))
      look()
    })
    return { ended, prints, stop: () => end(child) }
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
