import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { KitError } from '../lib/kit-error.ts'
import { inWorkshop, root } from '../lib/paths.ts'

/**
 * The folder with the starters as they came, never the participant's files: the copy made at the first start, else one made now from git.
 * WORKSHOP_STARTERS names another folder, for authors who change the starters.
 */
export function pristineStarters(): string {
  if (process.env.WORKSHOP_STARTERS) return path.resolve(root, process.env.WORKSHOP_STARTERS)
  const folder = inWorkshop('starters')
  if (!existsSync(path.join(folder, 'app.ts'))) keepStarters(folder)
  return folder
}

function keepStarters(folder: string) {
  mkdirSync(folder, { recursive: true })
  const files = startersInGit()
  // A ZIP download has no git; at the first start the working copy is still as it came.
  if (!files) return cpSync(path.join(root, 'steps'), folder, { recursive: true })
  for (const { name, content } of files) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    writeFileSync(path.join(folder, name), content)
  }
}

/** The starters of the kit's own newest commit. Participants commit in `steps/` only, so the newest commit elsewhere is the kit's. */
function startersInGit() {
  try {
    const commit = git('log', '-1', '--format=%H', '--', 'solutions', 'tools').toString().trim()
    if (!commit) return undefined
    return git('ls-tree', '-r', '--name-only', '-z', commit, '--', 'steps').toString().split('\0').filter(Boolean)
      .map((name) => ({ name: name.slice('steps/'.length), content: git('show', `${commit}:${name}`) }))
  } catch {
    return undefined
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
