import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Running } from '../../lib/cloud.ts'
import { isAlive } from '../../lib/processes.ts'
import type { StateFacts } from '../../mistakes/index.ts'
import type { Place } from './place.ts'
import { get } from './request.ts'

const FILES = ['settings.json', 'progress.json', 'local/running.json', 'local/credentials']

/** The notes that a local AWS leaves while it runs, and whether their process still does. */
export async function probeState({ workshop, unusable }: Place): Promise<StateFacts> {
  const read = await Promise.all(FILES.map((file) => jsonAt(path.join(workshop, file))))
  const broken = FILES.filter((_, i) => read[i] === 'unreadable').map((file) => `.workshop/${file} is not JSON.`)
  const running = read[2] === 'unreadable' ? undefined : read[2] as Running | undefined
  const lock = Number(await readFile(path.join(workshop, 'local/lock'), 'utf8').catch(() => ''))
  return {
    ...lock > 0 && { lock: { pid: lock, alive: isAlive(lock) } },
    ...running && { running: { pid: running.pid, alive: isAlive(running.pid), answers: await isLocalAws(running.url) } },
    // Settings that are no JSON are told once, in the words of who reads them.
    unusable: [...unusable, ...broken.filter((text) => !unusable.some((one) => one.startsWith(text)))],
  }
}

/** Each local AWS guards its events by the token of its running.json, and says so. */
export async function isLocalAws(url: string) {
  try {
    const { status, body } = await get(`${url}/_workshop/events`, { limitMs: 500 })
    return status === 401 && body.includes('running.json')
  } catch {
    return false
  }
}

async function jsonAt(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : 'unreadable'
  }
}
