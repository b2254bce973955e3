import { spawn } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import { root } from '../lib/paths.ts'

const PATIENCE_MS = 60_000

/** For tests: `npm run …` as a process of its own, which remembers in `home` what others keep in `.workshop/`. */
export function run(home: string, words: string[], environment: Record<string, string> = {}) {
  const { WORKSHOP_SHARED_URL: _, WORKSHOP_CLOUD: __, ...env } = process.env
  const child = spawn(process.execPath, ['tools/kit/run.mjs', ...words], { cwd: root, env: { ...env, WORKSHOP_HOME: home, ...environment }, stdio: ['pipe', 'pipe', 'pipe'] })
  let printed = ''
  const waiting = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => { printed += stripVTControlCharacters(String(chunk)); for (const look of waiting) look() })
  const ended = new Promise<number | null>((resolve) => { child.on('close', resolve) })
  return {
    child, ended,
    printed: () => printed,
    type: (line: string) => child.stdin.write(`${line}\n`),
    until: (pattern: RegExp) => new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`Waited for ${pattern}, and this was printed:\n${printed}`)), PATIENCE_MS)
      const look = () => {
        const match = pattern.exec(printed)
        if (!match) return
        clearTimeout(timer)
        waiting.delete(look)
        resolve(match[1] ?? match[0])
      }
      waiting.add(look)
      look()
    }),
  }
}
