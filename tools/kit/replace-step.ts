import { cp, mkdir, readdir, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { KitError } from '../lib/kit-error.ts'
import { inWorkshop, root } from '../lib/paths.ts'
import { readJsonFile, writeJsonFile } from '../lib/settings.ts'
import type { Step } from '../steps.ts'
import { filesOfStep, sameContent } from './starters.ts'

type Saved = { folder: string, why: 'solve' | 'reset', at: string }

/** The participant's files, and where what replaced them is kept. */
type Places = { tree: string, saved: string }
const places = (): Places => ({ tree: path.join(root, 'steps'), saved: inWorkshop('saved') })

/** Puts the files of one step from `source` (a tree like `steps/`) into `steps/`. What was there is saved first; answers the files that changed. */
export async function replaceStep({ id }: Step, source: string, why: Saved['why'], { tree, saved } = places()): Promise<string[]> {
  const changed = filesOfStep(source, id).filter((file) => !sameContent(path.join(source, file), path.join(tree, file)))
  if (changed.length === 0) return []

  const at = new Date().toISOString()
  const folder = path.join(saved, `${at.replaceAll(':', '-')}-${why}-${id}`)
  await mkdir(path.join(folder, id), { recursive: true })
  if (existsSync(path.join(tree, id))) await cp(path.join(tree, id), path.join(folder, id), { recursive: true })
  await writeJsonFile(path.join(folder, 'saved.json'), { folder: id, why, at } satisfies Saved)
  for (const file of changed) {
    await mkdir(path.dirname(path.join(tree, file)), { recursive: true })
    await cp(path.join(source, file), path.join(tree, file))
  }
  return changed
}

/** Brings back what the newest solve or reset replaced. What stands there now is kept under `saved/undone`. */
export async function undoReplace({ tree, saved } = places()): Promise<Saved> {
  const newest = (await readdir(saved).catch(() => [])).filter((name) => name !== 'undone').sort().at(-1)
  const entry = newest && readJsonFile<Saved>(path.join(saved, newest, 'saved.json'))
  if (!newest || !entry)
    throw new KitError({ what: 'There is nothing to undo: no step has been solved or reset.', where: '.workshop/saved', next: 'npm run solve 1' })

  const target = path.join(tree, entry.folder)
  if (existsSync(target)) await cp(target, path.join(saved, 'undone', newest), { recursive: true })
  await rm(target, { recursive: true, force: true })
  await cp(path.join(saved, newest, entry.folder), target, { recursive: true })
  await rm(path.join(saved, newest), { recursive: true, force: true })
  return entry
}
