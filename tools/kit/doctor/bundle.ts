import { mkdir, readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import type { Finding } from '../../mistakes/diagnose.ts'
import type { MachineFacts } from '../../mistakes/index.ts'
import { renderList } from './list.ts'
import type { Place } from './place.ts'
import { outputOf } from '../../lib/program.ts'
import { createRedactor } from './redact.ts'
import { knownSecrets } from './secrets.ts'

const LOG_LINES = 60
/** Variables whose values explain much and tell little; of others only the name is written. */
const TOLD = /^(TERM|COLORTERM|LANG|LC_\w+|CI|NO_COLOR|FORCE_COLOR|ACCESSIBLE|NODE_OPTIONS|NODE_USE_ENV_PROXY|NODE_USE_SYSTEM_CA|AWS_(DEFAULT_)?REGION|AWS_ENDPOINT_URL\w*|WORKSHOP_\w+)$/
const NAMED = /^(AWS_|CDK_|NODE_|WSL|(HTTPS?|ALL|NO)_PROXY$|npm_config_(registry|proxy|https_proxy|cafile|omit|ignore_scripts)$)/i

/** Writes all that doctor found, the kit's own files and the ends of logs, redacted as a whole, readable by its owner. Answers the file. */
export async function writeBundle(place: Place, facts: MachineFacts, findings: Finding[]): Promise<string> {
  const redact = createRedactor(await knownSecrets(place), privateNames(facts))
  const file = path.join(place.workshop, 'doctor-report.txt')
  await mkdir(place.workshop, { recursive: true })
  await writeFileAtomic(file, redact(await bundleText(place, facts, findings)), { mode: 0o600 })
  return file
}

async function bundleText(place: Place, facts: MachineFacts, findings: Finding[]) {
  const { root, workshop, environment } = place
  const sections: [string, string | undefined][] = [
    ['Doctor', renderList(facts, findings)],
    ['Facts', JSON.stringify(facts, null, 2)],
    ['Commit', await outputOf('git', ['log', '-1', '--format=%h %cs'], { cwd: root })],
    ['Changed files', await outputOf('git', ['status', '--short'], { cwd: root, limitMs: 3_000 })],
    ['.workshop/settings.json', await textAt(path.join(workshop, 'settings.json'))],
    ['.workshop/progress.json', await textAt(path.join(workshop, 'progress.json'))],
    ['Environment', told(environment)],
    ...await logs(place),
  ]
  return sections.flatMap(([title, text]) => text === undefined ? [] : [`== ${title}`, text.trimEnd() || '(empty)', '']).join('\n')
}

const told = (environment: NodeJS.ProcessEnv) => Object.entries(environment).toSorted()
  .flatMap(([name, value]) => TOLD.test(name) ? [`${name}=${value}`] : NAMED.test(name) ? [`${name} is set`] : []).join('\n')

/** The ends of the kit's own logs (those with a number for a name are of a database), and of npm's last one. */
async function logs({ workshop, home }: Place): Promise<[string, string | undefined][]> {
  const own = (await readdir(workshop, { recursive: true }).catch(() => [])).filter((name) => /(^|[\\/])(?!\d+\.log$)[^\\/]+\.log$/.test(name)).map((name) => path.join(workshop, name))
  const npm = (await readdir(path.join(home, '.npm/_logs')).catch(() => [])).toSorted().slice(-1).map((name) => path.join(home, '.npm/_logs', name))
  return Promise.all([...own, ...npm].map(async (file): Promise<[string, string | undefined]> => [`End of ${path.basename(file)}`, await endOf(file)]))
}

async function endOf(file: string) {
  const { size } = await stat(file)
  return size > 20_000_000 ? '(too long to read)' : (await readFile(file, 'utf8')).trimEnd().split('\n').slice(-LOG_LINES).join('\n')
}

const textAt = (file: string) => readFile(file, 'utf8').catch(() => undefined)

/** Names that say for whom somebody works: hosts of proxies and of a registry, what NO_PROXY lists. */
function privateNames({ proxy, npm }: MachineFacts): [string, string][] {
  const registry = hostOf(npm?.registry)
  const listed = (proxy?.noProxy ?? '').split(/[\s,]+/).filter((name) => name && !/^(\*|localhost|127\.|::1|\[::1\])/i.test(name))
  return [
    ...[proxy?.http, proxy?.https].flatMap((url): [string, string][] => hostOf(url) ? [[hostOf(url)!, '<proxy>']] : []),
    ...registry && registry !== 'registry.npmjs.org' ? [[registry, '<registry>'] as [string, string]] : [],
    ...listed.map((name): [string, string] => [name, '<host>']),
  ]
}

/** The host of an address that may lack its scheme. */
const hostOf = (url: string | undefined) => /^(?:[\w+.-]+:\/\/)?(?:.*@)?([^:/\s]+)/.exec(url ?? '')?.[1]
