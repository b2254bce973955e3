import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { root as project } from '../../lib/paths.ts'
import { createDeployer, DeployFailure, type DeployerOptions } from '../deployer.ts'

export const solutions = path.join(project, 'solutions')

export type Workbench = ReturnType<ReturnType<typeof createWorkbenches>['workbench']>

/** For tests: copies of trees, called `steps` and outside of the project, each with a deployer to `cloud`. */
export function createWorkbenches(cloud: DeployerOptions['cloud']) {
  const folders: string[] = []

  function workbench(tree: string, options: Partial<DeployerOptions> = {}) {
    const folder = mkdtempSync(path.join(tmpdir(), 'deployer-'))
    folders.push(folder)
    const [root, workFolder] = [path.join(folder, 'steps'), path.join(folder, 'work')]
    cpSync(tree, root, { recursive: true })
    return {
      workFolder,
      deployer: createDeployer({ root, workFolder, cloud, ...options }),
      /** Replaces the first `from` in a file, which must have one. */
      edit(file: string, from: string, to: string) {
        const text = readFileSync(path.join(root, file), 'utf8')
        assert.ok(text.includes(from), `${file} has no ${from}`)
        writeFileSync(path.join(root, file), text.replace(from, to))
      },
    }
  }

  return {
    workbench,
    remove() {
      for (const folder of folders) rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The failure that a deployer's work ends with. */
export async function failureOf(work: Promise<unknown>): Promise<DeployFailure> {
  try {
    await work
  } catch (error) {
    assert.ok(error instanceof DeployFailure, String(error))
    return error
  }
  assert.fail('it did not fail')
}
