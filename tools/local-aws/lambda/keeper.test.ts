import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'

const testing = pathToFileURL(path.join(import.meta.dirname, 'testing.ts')).href
/** A local AWS in a process of its own, with an idle function and one in an endless loop that has a child. It prints their folder and process ids. */
const SCRIPT = `
  import { lambdaAlone } from '${testing}'
  const lambda = await lambdaAlone()
  await lambda.create('idle', 'exports.handler = async () => ({ pid: process.pid, root: process.env.LAMBDA_TASK_ROOT })')
  await lambda.create('busy', \`exports.handler = async () => {
    const child = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    process.stdout.write(JSON.stringify([process.pid, child.pid]) + '\\\\n')
    for (;;);
  }\`, { Timeout: 60 })
  const { answer } = await lambda.invoke('idle')
  void lambda.invoke('busy').catch(() => {})
  const timer = setInterval(() => {
    const line = lambda.logs.find(({ message }) => message.startsWith('['))
    if (!line) return
    clearInterval(timer)
    console.log(JSON.stringify({ pids: [answer.pid, ...JSON.parse(line.message)], root: answer.root, state: lambda.root }))
  }, 10)
`

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('A local AWS that is killed', { skip: process.platform === 'win32' && 'the system ends the processes of a job there' }, () => {
  it('leaves no function process behind, neither an idle nor a busy one, nor their folder', async () => {
    const owner = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', SCRIPT], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [line] = await once(owner.stdout, 'data')
    const { pids, root, state } = JSON.parse(String(line)) as { pids: number[], root: string, state: string }
    assert.deepEqual(pids.map(isAlive), [true, true, true])

    owner.kill('SIGKILL')

    const deadline = Date.now() + 5_000
    while (pids.some(isAlive) || existsSync(path.dirname(root))) {
      assert.ok(Date.now() < deadline, `5 s after the kill: alive ${pids.filter(isAlive).join()}, folder ${existsSync(root) ? 'there' : 'gone'}`)
      await new Promise((resolve) => { setTimeout(resolve, 20) })
    }
    await rm(state, { recursive: true })
  })
})
