import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import { isAlive } from '../lib/processes.ts'
import { root } from '../lib/paths.ts'
import { pristineStarters } from './starters.ts'

const PATIENCE_MS = 60_000

/** A copy of the kit as a newcomer has it, with the starters; its packages are ours. */
function freshKit() {
  const folder = mkdtempSync(path.join(tmpdir(), 'workshop-start-'))
  for (const name of ['package.json', 'package-lock.json', 'cdk.json', 'tools', 'solutions']) cpSync(path.join(root, name), path.join(folder, name), { recursive: true })
  cpSync(pristineStarters(), path.join(folder, 'steps'), { recursive: true })
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction')
  return folder
}

function startIn(folder: string, ...words: string[]) {
  const { WORKSHOP_HOME: _, WORKSHOP_STARTERS: __, ...env } = process.env
  const child = spawn(process.execPath, ['tools/kit/run.mjs', ...words], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  const waiting = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => { printed += chunk; for (const look of waiting) look() })
  const ended = new Promise<number | null>((resolve) => { child.on('close', resolve) })
  return {
    child, ended,
    printed: () => printed,
    until: (pattern: RegExp) => new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`Waited for ${pattern}, and this was printed:\n${printed}`)), PATIENCE_MS)
      const look = () => {
        if (!pattern.test(printed)) return
        clearTimeout(timer)
        waiting.delete(look)
        resolve()
      }
      waiting.add(look)
      look()
    }),
  }
}

const localPid = (folder: string): number => JSON.parse(readFileSync(path.join(folder, '.workshop/local/running.json'), 'utf8')).pid
const kill = (child: ChildProcess) => { if (child.exitCode === null) child.kill('SIGKILL') }
const gone = async (pid: number) => {
  for (const until = Date.now() + 15_000; Date.now() < until;) {
    if (!isAlive(pid)) return true
    await new Promise((resolve) => { setTimeout(resolve, 50) })
  }
  return false
}

describe('npm start', () => {
  let folder: string
  before(() => { folder = freshKit() })
  after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

  it('shows the first TODO, turns green when the step is solved elsewhere, and ends with nothing left running', async () => {
    const workshop = startIn(folder, 'start')
    try {
      await workshop.until(/TODO 1\.1\b[\s\S]*Next:/)
      const solved = startIn(folder, 'solve', '1')
      assert.equal(await solved.ended, 0)
      await workshop.until(/✓ Step 1 connect passes[\s\S]*Next: step 2/)
      assert.doesNotMatch(workshop.printed(), /goes on/)
      const pid = localPid(folder)
      assert.ok(isAlive(pid))

      workshop.child.kill('SIGINT')

      assert.equal(await workshop.ended, 0)
      assert.ok(await gone(pid))
      // Without a terminal: plain lines, no colours, no cursor tricks.
      assert.equal(stripVTControlCharacters(workshop.printed()), workshop.printed())
      assert.ok(!workshop.printed().includes('\r'))
    } finally {
      kill(workshop.child)
    }
  })

  it('goes on by itself where the next step was worked on already', async () => {
    const worked = startIn(folder, 'solve', '2')
    assert.equal(await worked.ended, 0)
    const workshop = startIn(folder, 'start')
    try {
      await workshop.until(/✓ Step 2 send-message passes[\s\S]*Next: step 3/)
      assert.equal(await startIn(folder, 'solve', '4').ended, 0)
      assert.equal(await startIn(folder, 'solve', '3').ended, 0)
      await workshop.until(/✓ Step 3 routing passes[\s\S]*steps\/04-deploy was changed already, so this goes on\.[\s\S]*✓ Step 4 deploy passes[\s\S]*Next: step 5/)

      workshop.child.kill('SIGINT')

      assert.equal(await workshop.ended, 0)
    } finally {
      kill(workshop.child)
    }
  })

  it('names a slip of the pen with file and line, and goes on', async () => {
    const file = path.join(folder, 'steps/01-connect/putConnectedClientToDDB.ts')
    const good = readFileSync(file, 'utf8')
    const workshop = startIn(folder, 'start')
    try {
      await workshop.until(/✓ (Deployed|Nothing new)[\s\S]*(passes|fails)/)
      writeFileSync(file, good.replace('export async function', 'export asink function'))
      await workshop.until(/✗ .*\n {2}at {3}steps\/01-connect\/putConnectedClientToDDB\.ts:\d+/)
      writeFileSync(file, good)
      await workshop.until(/Mend it and save\.[\s\S]*✓ (Deployed|Nothing new)/)

      workshop.child.kill('SIGTERM')

      assert.equal(await workshop.ended, 0)
    } finally {
      kill(workshop.child)
    }
  })

  it('takes the local AWS with it when it is killed', { skip: process.platform === 'win32' && 'signals do not exist there' }, async () => {
    const workshop = startIn(folder, 'start')
    await workshop.until(/✓ (Deployed|Nothing new)/)
    const pid = localPid(folder)

    workshop.child.kill('SIGKILL')

    assert.ok(await gone(pid))
  })
})
