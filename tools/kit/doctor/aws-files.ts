import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Place } from './place.ts'

type Sections = Record<string, Record<string, string>>

/** The profiles of ~/.aws/config and ~/.aws/credentials by name, each with what both say of it. Keys are among it: never print it. */
export async function awsProfiles({ environment, home }: Pick<Place, 'environment' | 'home'>): Promise<Sections> {
  const files = [environment.AWS_CONFIG_FILE ?? path.join(home, '.aws/config'), environment.AWS_SHARED_CREDENTIALS_FILE ?? path.join(home, '.aws/credentials')]
  const [config, credentials] = await Promise.all(files.map((file) => readFile(file, 'utf8').then(sectionsOf, (): Sections => ({}))))
  const profiles: Sections = {}
  for (const [section, values] of [...Object.entries(config!), ...Object.entries(credentials!)]) {
    const name = section.replace(/^profile\s+/, '').replaceAll(/^"|"$/g, '')
    profiles[name] = { ...profiles[name], ...values }
  }
  return profiles
}

/** `[name]`, then `key = value`; nested settings are of no use here. */
export function sectionsOf(text: string): Sections {
  const sections: Sections = {}
  let current: Record<string, string> = {}
  for (const line of text.split(/\r?\n/)) {
    const [, section] = /^\s*\[([^\]]+)\]/.exec(line) ?? []
    if (section) current = sections[section.trim()] ??= {}
    const [, key, value] = /^([\w-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? []
    if (key) current[key] = value!
  }
  return sections
}
