import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { KitError } from '../lib/kit-error.ts'
import { inWorkshop, root } from '../lib/paths.ts'
import type { Step } from '../steps.ts'

/**
 * The folder with the starters as they came, never the participant's files: read from git at the kit's own newest commit, or, where there is
 * no git, the copy made at the first start. WORKSHOP_STARTERS names another folder, for authors who change the starters.
 */
export function pristineStarters(): string {
  if (process.env.WORKSHOP_STARTERS) return path.resolve(root, process.env.WORKSHOP_STARTERS)

  const commit = kitCommit()
  const folder = inWorkshop('starters', commit?.slice(0, 12) ?? 'copy')
  if (existsSync(path.join(folder, 'app.ts'))) return folder
  // Made beside and then renamed, so that a copy that was interrupted is never taken for a whole one.
  const unfinished = `${folder}-${process.pid}`
  if (commit) extract(commit, unfinished)
  else cpSync(path.join(root, 'steps'), unfinished, { recursive: true })
  try {
    renameSync(unfinished, folder)
  } catch (error) {
    rmSync(unfinished, { recursive: true })
    if (!existsSync(folder)) throw error // else another command was first
  }
  return folder
}

/** Participants commit in `steps/` only, so the newest commit elsewhere is the kit's. Undefined in a ZIP download, or without git. */
function kitCommit() {
  try {
    return git('log', '-1', '--format=%H', '--', 'solutions', 'tools').toString().trim() || undefined
  } catch {
    return undefined
  }
}

function extract(commit: string, folder: string) {
  for (const name of git('ls-tree', '-r', '--name-only', '-z', commit, '--', 'steps').toString().split('\0').filter(Boolean)) {
    const target = path.join(folder, path.relative('steps', name))
    mkdirSync(path.dirname(target), { recursive: true })
    writeFileSync(target, git('show', `${commit}:${name}`))
  }
}

const git = (...args: string[]) => execFileSync('git', args, { cwd: root, stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 64 * 1024 * 1024 })

/** Files of a step as paths from the tree's root, e.g. `01-connect/connect.ts`. */
export const filesOfStep = (tree: string, id: string) => {
  const folder = path.join(tree, id)
  if (!existsSync(folder)) throw new KitError({ what: `There is no ${id} in ${tree}.`, where: tree, next: 'Is this a whole clone of the kit? git status' })
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .map((entry) => path.relative(tree, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
}

export const sameContent = (a: string, b: string) => existsSync(a) && existsSync(b) && readFileSync(a).equals(readFileSync(b))

/** Whether a step's files in `steps/` differ from how they came. */
export function isWorkedOn({ id }: Step): boolean {
  const starters = pristineStarters()
  return filesOfStep(starters, id).some((file) => !sameContent(path.join(starters, file), path.join(root, 'steps', file)))
}
