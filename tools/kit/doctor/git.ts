import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { GitFacts } from '../../mistakes/index.ts'
import type { Place } from './place.ts'
import { outputOf } from '../../lib/program.ts'

export async function probeGit({ root }: Place): Promise<GitFacts> {
  const [said, autocrlf, crlf] = await Promise.all([
    outputOf('git', ['--version']), outputOf('git', ['config', '--get', 'core.autocrlf'], { cwd: root }), filesWithCarriageReturns(path.join(root, 'steps')),
  ])
  const version = /\d+(\.\d+)+/.exec(said ?? '')?.[0]
  return { ...version && { version }, ...autocrlf && { autocrlf }, crlf, platform: process.platform }
}

async function filesWithCarriageReturns(folder: string) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const texts = await Promise.all(entries.filter((entry) => entry.isFile()).map((entry) => readFile(path.join(entry.parentPath, entry.name), 'utf8').catch(() => '')))
  return texts.filter((text) => text.includes('\r\n')).length
}
