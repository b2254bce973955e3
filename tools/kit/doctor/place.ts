import { homedir } from 'node:os'
import { readEventFacts } from '../../lib/event-facts.ts'
import { KitError } from '../../lib/kit-error.ts'
import { root, workshopFolder } from '../../lib/paths.ts'
import { readSettings, type Settings } from '../../lib/settings.ts'
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
  /** what settings or event facts could not be read for */
  unusable: string[]
}

/** This machine, as the command sees it. Settings and event facts that cannot be used count as none: that they cannot is a finding. */
export function thisPlace(environment: NodeJS.ProcessEnv = process.env): Place {
  const unusable: string[] = []
  const settings = orNone<Settings>(() => readSettings(environment), unusable)
  const { account, region, sharedUrl } = orNone<ChosenFacts['event']>(() => readEventFacts(environment), unusable)
  return { root, workshop: workshopFolder, home: homedir(), environment, settings, event: { ...account && { account }, ...region && { region }, ...sharedUrl && { sharedUrl } }, unusable }
}

function orNone<T extends object>(read: () => T, unusable: string[]): Partial<T> {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof KitError)) throw error
    unusable.push(error.failure.what)
    return {}
  }
}
