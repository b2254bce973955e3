import { unwatchFile, watchFile } from 'node:fs'
import type { ChosenCloud } from '../lib/cloud.ts'
import { inWorkshop } from '../lib/paths.ts'
import { readJsonFile, writeJsonFile } from '../lib/settings.ts'

/** What a deploy leaves in `.workshop/deployed.json`, for whoever watches in another terminal. `at` is ISO 8601. */
export type DeployMark = { at: string, pid: number, upTo: number, account: string, region: string, suffix?: string }

const LOOK_MS = 500
const file = () => inWorkshop('deployed.json')

export const markDeploy = ({ account, region, suffix }: ChosenCloud, upTo: number) =>
  writeJsonFile(file(), { at: new Date().toISOString(), pid: process.pid, upTo, account, region, suffix } satisfies DeployMark)

/** Calls `action` soon after another process has deployed to the same place, until the answer is called. */
export function watchDeploys({ account, region, suffix }: ChosenCloud, action: (mark: DeployMark) => void): () => void {
  // Looked at again and again: nobody is told of changes on a Windows drive under WSL 2, and once in half a second costs nothing.
  const name = file()
  const changed = () => {
    const mark = readJsonFile<DeployMark>(name)
    if (mark && mark.pid !== process.pid && mark.account === account && mark.region === region && mark.suffix === suffix) action(mark)
  }
  watchFile(name, { interval: LOOK_MS, persistent: false }, changed)
  return () => unwatchFile(name, changed)
}
