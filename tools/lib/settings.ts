import { readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { KitError } from './kit-error.ts'
import { inWorkshop, shown } from './paths.ts'

/** What the participant chose; `.workshop/settings.json`. */
export type Settings = {
  cloud?: 'local' | 'aws'
  /** AWS profile, for `aws` */
  profile?: string
  region?: string
  /** the account that `npm run use aws` showed; other keys are refused until it is run again */
  account?: string
  /** appended with `-` to the names of stack, table, functions and API in shared accounts */
  suffix?: string
}

const file = () => inWorkshop('settings.json')

/** The settings, with what the environment overrides (WORKSHOP_CLOUD, WORKSHOP_SUFFIX). Throws KitError if the file is unreadable or a value is not allowed. */
export function readSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  const stored = readJsonFile<Settings>(file()) ?? {}
  const settings: Settings = { ...stored }
  if (environment.WORKSHOP_CLOUD) settings.cloud = environment.WORKSHOP_CLOUD as Settings['cloud']
  if (environment.WORKSHOP_SUFFIX) settings.suffix = environment.WORKSHOP_SUFFIX
  return checked(settings)
}

export async function changeSettings(change: Partial<Settings>): Promise<Settings> {
  const settings = checked({ ...readJsonFile<Settings>(file()), ...change })
  await writeJsonFile(file(), settings)
  return settings
}

function checked(settings: Settings): Settings {
  if (settings.cloud && !['local', 'aws'].includes(settings.cloud))
    throw new KitError({ what: `The cloud must be "local" or "aws", got "${settings.cloud}".`, where: shown(file()), next: 'npm run use local' })
  if (settings.suffix && !/^[a-z0-9]{1,12}$/.test(settings.suffix))
    throw new KitError({ what: `The suffix must be 1 to 12 characters of a-z and 0-9, got "${settings.suffix}".`, where: shown(file()), next: 'Choose another, for instance your first name: npm run use local suffix=ada' })
  return settings
}

/** A JSON file's content, or undefined where there is none. */
export function readJsonFile<T>(name: string): T | undefined {
  let text
  try {
    text = readFileSync(name, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new KitError({ what: `${shown(name)} could not be read: ${(error as Error).message}.`, where: shown(name), next: 'Check its permissions.' }, { cause: error })
  }
  try {
    return JSON.parse(text) as T
  } catch (error) {
    throw new KitError({ what: `${shown(name)} is not JSON.`, where: shown(name), next: 'Mend it, or delete it to begin with defaults.' }, { cause: error })
  }
}

/** Replaces a JSON file at once, readable by its owner only. */
export async function writeJsonFile(name: string, content: unknown) {
  await mkdir(path.dirname(name), { recursive: true })
  await writeFileAtomic(name, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 })
}
