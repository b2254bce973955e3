import { cp, mkdir, readdir, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { KitError } from '../lib/kit-error.ts'
import { inWorkshop, root } from '../lib/paths.ts'
import { readJsonFile, writeJsonFile } from '../lib/settings.ts'
import type { Step } from '../steps.ts'
import { filesOfStep, sameContent } from './starters.ts'

type Saved = { folder: string, why: string, at: string }

/** Puts the files of one step from `source` (a tree like `steps/`) into `steps/`. What was there is saved first; answers the files that changed. */
export async function replaceStep({ id }: Step, source: string, why: 'solve' | 'reset'): Promise<string[]> {
  const files = filesOfStep(source, id)
  const changed = files.filter((file) => !sameContent(path.join(source, file), path.join(root, 'steps', file)))
  if (changed.length === 0) return []

  const at = new Date().toISOString()
  const folder = inWorkshop('saved', `${at.replaceAll(':', '-')}-${why}-${id}`)
  await cp(path.join(root, 'steps', id), path.join(folder, id), { recursive: true })
  await writeJsonFile(path.join(folder, 'saved.json'), { folder: id, why, at } satisfies Saved)
  for (const file of changed) {
    await mkdir(path.dirname(path.join(root, 'steps', file)), { recursive: true })
    await cp(path.join(source, file), path.join(root, 'steps', file))
  }
  return changed
}

/** Brings back what the newest solve or reset replaced. What stands there now is saved in its turn. Answers the step and what was undone. */
export async function undoReplace(): Promise<Saved> {
  const folder = (await readdir(inWorkshop('saved')).catch(() => [])).sort().at(-1)
  const saved = folder && readJsonFile<Saved>(inWorkshop('saved', folder, 'saved.json'))
  if (!folder || !saved)
    throw new KitError({ what: 'There is nothing to undo: no step has been solved or reset.', where: '.workshop/saved', next: 'npm run solve 1' })

  const id = saved.folder
  const target = path.join(root, 'steps', id)
  const aside = inWorkshop('saved', 'undone', `${folder}-${Date.now()}`)
  if (existsSync(target)) await cp(target, aside, { recursive: true })
  await rm(target, { recursive: true, force: true })
  await cp(inWorkshop('saved', folder, id), target, { recursive: true })
  await rm(inWorkshop('saved', folder), { recursive: true, force: true })
  return saved
}
