import { homedir } from 'node:os'
import path from 'node:path'
import { root, workshopFolder } from '../../lib/paths.ts'
import { readJsonFile, readSettings, type Settings } from '../../lib/settings.ts'
import type { ChosenFacts } from '../../mistakes/index.ts'

/** Where doctor looks: one folder, one user, one environment. Tests give others. */
export type Place = {
  root: string
  /** `.workshop/` */
  workshop: string
  home: string
  environment: NodeJS.ProcessEnv
  settings: Settings
  event: ChosenFacts['event']
}

/** This machine, as the command sees it. Settings that cannot be read count as none: that they cannot is a finding. */
export function thisPlace(environment: NodeJS.ProcessEnv = process.env): Place {
  return { root, workshop: workshopFolder, home: homedir(), environment, settings: settingsOrNone(environment), event: eventOf(root, environment) }
}

/** The `workshop` key of package.json, which the environment overrides; empty texts are left out. */
export function eventOf(folder: string, environment: NodeJS.ProcessEnv): Place['event'] {
  const { workshop = {} } = readJsonFile<{ workshop?: Record<string, string> }>(path.join(folder, 'package.json')) ?? {}
  const named = { account: environment.WORKSHOP_ACCOUNT ?? workshop.account, region: environment.WORKSHOP_REGION ?? workshop.region, sharedUrl: environment.WORKSHOP_SHARED_URL ?? workshop.sharedUrl }
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value))
}

function settingsOrNone(environment: NodeJS.ProcessEnv): Settings {
  try {
    return readSettings(environment)
  } catch {
    return {}
  }
}
