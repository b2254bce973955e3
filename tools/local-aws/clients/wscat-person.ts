import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import path from 'node:path'
import { root } from '../../lib/paths.ts'
import { end } from './client-process.ts'
import { openDiary, type Person } from './person.ts'

const wscat = path.join(root, 'node_modules/wscat/bin/wscat')

/** It prompts once for each line that was typed, also where nobody sees it. */
const withoutPrompts = (line: string) => line.replace(/^(> )+/, '')

/** A person whose client is wscat without a terminal: it prints what is heard and nothing else, so `open` is never seen. */
export function wscatPerson(url: string, { home, origin }: { home: string, origin?: string }): Person {
  // Its input stays open: wscat leaves, saying nothing, as soon as its input ends.
  const child = spawn(process.execPath, [wscat, '--no-color', '--connect', url, ...(origin ? ['--origin', origin] : [])], {
    cwd: home, env: { ...process.env, HOME: home }, stdio: ['pipe', 'pipe', 'pipe'],
  })
  const { write, ...diary } = openDiary('wscat')
  createInterface(child.stdout).on('line', (line) => write({ kind: 'heard', text: withoutPrompts(line) }))
  createInterface(child.stderr).on('line', (line) => {
    const status = /^error: Unexpected server response: (\d+)$/.exec(line)?.[1]
    if (status) write({ kind: 'refused', status: Number(status) })
  })
  child.on('close', () => write({ kind: 'closed' }))
  return {
    ...diary,
    say: (text) => void child.stdin.write(`${text}\n`),
    leave: () => end(child),
  }
}
