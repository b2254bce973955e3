import { spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { LocalAws } from '../index.ts'
import { clientEnvironment, end } from './client-process.ts'
import { openDiary, type Person } from './person.ts'
import { program } from './programs.ts'

export type PythonOptions = { aws: Pick<LocalAws, 'keys' | 'region'>, home: string, origin?: string }

/** A person whose client is `websockets` for Python, which tells status, close code and reason. */
export function pythonPerson(url: string, { aws, home, origin }: PythonOptions): Person & { sayBinary(bytes: Uint8Array): void } {
  const child = spawn(program('websockets'), [path.join(import.meta.dirname, 'python_person.py'), url, ...(origin ? [origin] : [])], {
    env: clientEnvironment(home, aws), stdio: ['pipe', 'pipe', 'inherit'],
  })
  const { write, ...diary } = openDiary('Python')
  createInterface(child.stdout).on('line', (line) => write(JSON.parse(line)))
  const type = (line: object) => child.stdin.write(`${JSON.stringify(line)}\n`)
  return {
    ...diary,
    say: (text) => void type({ text }),
    sayBinary: (bytes) => void type({ binary: Buffer.from(bytes).toString('hex') }),
    leave: () => end(child),
  }
}
