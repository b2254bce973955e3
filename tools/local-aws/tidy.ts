import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Cloud } from './cloud.ts'
import { packageFiles } from './lambda/index.ts'
import { eventFiles } from './logs/index.ts'
import { bodyFiles } from './s3/index.ts'
import type { Place } from './store.ts'

/** The files of a service's folder that its document names. */
const NAMED: Record<string, (cloud: Cloud, place: Place) => string[]> = { lambda: packageFiles, logs: eventFiles, s3: bodyFiles }

/**
 * Removes what a process left in the state folder that was killed in the middle of a write: drafts of files, and files that no document
 * names yet or any more. Only before anything else uses the state.
 */
export async function tidy(cloud: Cloud, state: string) {
  await removeDrafts(state)
  for (const [service, filesOf] of Object.entries(NAMED)) {
    for (const place of await cloud.store.places(service)) {
      await removeDrafts(path.join(state, place.account, place.region))
      const folder = path.join(state, place.account, place.region, service)
      const named = new Set(filesOf(cloud, place))
      await removeFiles(folder, (name) => !named.has(name))
    }
  }
}

/** write-file-atomic writes `NAME.123456789` and then renames it. */
const removeDrafts = (folder: string) => removeFiles(folder, (name) => /\.\d+$/.test(name))

async function removeFiles(folder: string, isWaste: (name: string) => boolean) {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  for (const entry of entries) if (entry.isFile() && isWaste(entry.name)) await rm(path.join(folder, entry.name), { force: true })
}
