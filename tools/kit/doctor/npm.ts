import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { NpmFacts } from '../../mistakes/index.ts'
import { withoutUser } from './machine-probes.ts'
import type { Place } from './place.ts'
import { codeOf, get } from './request.ts'

const PUBLIC_REGISTRY = 'https://registry.npmjs.org/'

/** npm and its registry, by files and environment: asking npm itself takes as long as all else. The registry is asked on aws only. */
export async function probeNpm(place: Place): Promise<NpmFacts> {
  const [version, registry] = await Promise.all([versionOf(place), registryOf(place)])
  const registryStatus = place.settings.cloud === 'aws' ? await ping(registry) : undefined
  return { ...version && { version }, registry: withoutUser(registry), ...registryStatus && { registryStatus } }
}

async function versionOf({ environment }: Place) {
  const [, ours] = /\bnpm\/(\S+)/.exec(environment.npm_config_user_agent ?? '') ?? []
  if (ours) return ours
  const beside = path.dirname(process.execPath)
  const found = await Promise.all(['node_modules/npm', '../lib/node_modules/npm', '../share/nodejs/npm', '../share/npm'].map(async (place) => {
    const text = await readFile(path.join(beside, place, 'package.json'), 'utf8').catch(() => '{}')
    return (JSON.parse(text) as { version?: string }).version
  }))
  return found.find(Boolean)
}

/** npm's own order: environment, the project's file, the user's. */
async function registryOf({ environment, root, home }: Place) {
  const files = await Promise.all([root, home].map((folder) => readFile(path.join(folder, '.npmrc'), 'utf8').catch(() => '')))
  const written = files.map((text) => /^\s*registry\s*=\s*(\S+)/m.exec(text)?.[1])
  const registry = environment.npm_config_registry ?? written.find(Boolean) ?? PUBLIC_REGISTRY
  return registry.endsWith('/') ? registry : `${registry}/`
}

const ping = (registry: string) => get(`${registry}-/ping`).then(({ status }) => String(status), codeOf)
