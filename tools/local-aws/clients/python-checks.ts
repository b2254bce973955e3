import { spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { TestContext } from 'node:test'
import type { LocalAws } from '../index.ts'
import { clientEnvironment, end } from './client-process.ts'
import { program } from './programs.ts'

/** Runs a script of this folder, which gets the endpoint and the region; each check that it reports becomes a test. Throws where it breaks off. */
export async function runChecks(test: TestContext, script: string, { local, home, args = [] }: { local: Pick<LocalAws, 'url' | 'region' | 'keys'>, home: string, args?: string[] }) {
  const child = spawn(program('boto3'), [path.join(import.meta.dirname, script), local.url, local.region, ...args], {
    env: clientEnvironment(home, local), stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<number | null>((resolve) => { child.once('close', resolve) })
  try {
    for await (const line of createInterface(child.stdout)) {
      const { check, failure } = JSON.parse(line) as { check: string, failure: string | null }
      await test.test(check, () => { if (failure) throw new Error(failure) })
    }
    const code = await ended
    if (code !== 0) throw new Error(`The script ended with code ${code}.`)
  } finally {
    await end(child)
  }
}
