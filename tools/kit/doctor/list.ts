import { painted, plural } from '../../lib/output.ts'
import type { Finding } from '../../mistakes/diagnose.ts'
import type { MachineFacts, Subject } from '../../mistakes/index.ts'
import { paragraph } from '../../verify/render.ts'

const WIDTH = 80
const TITLE_WIDTH = 15

/** What doctor looks at, in the order of the list, and what is said where all is well. */
const SUBJECTS: { [S in Subject]: [title: string, tell: (facts: NonNullable<MachineFacts[S]>) => string] } = {
  node: ['Node', ({ version, platform, arch }) => `${version} on ${platform} ${arch}${version.startsWith('20.') ? '; 22 or 24 will do for longer' : ''}`],
  npm: ['npm', ({ version, registry, registryStatus }) => `${version} from ${registry}${registryStatus ? ', which answers' : ''}`],
  packages: ['Packages', () => 'all of package-lock.json'],
  disk: ['Disk', ({ freeBytes }) => `${(freeBytes / 1e9).toFixed(1)} GB free`],
  folder: ['Folder', ({ path }) => path],
  git: ['git', ({ version }) => version ?? ''],
  terminal: ['Terminal', ({ isTTY, colour, columns }) => isTTY ? `${columns ?? '?'} columns, ${colour ? 'colours' : 'no colours'}` : 'output goes to a file or another program'],
  port: ['Port', ({ port, use }) => use === 'ours' ? `${port} has your local AWS` : `${port} is free`],
  state: ["Kit's state", ({ running }) => running ? `the local AWS runs as process ${running.pid}` : 'in order; no local AWS runs now'],
  proxy: ['Proxy', ({ http, https, noProxy }) => http ?? https ? `${https ?? http}, not for ${noProxy}` : 'none is set'],
  endpoints: ['AWS reached', (endpoints) => `${plural(endpoints.length, 'endpoint')} in ${Math.max(...endpoints.map(({ ms }) => ms))} ms at most`],
  clock: ['Clock', ({ skewSeconds }) => Math.abs(skewSeconds) < 2 ? 'right' : `${plural(Math.abs(skewSeconds), 'second')} ${skewSeconds > 0 ? 'ahead' : 'behind'}, which is near enough`],
  region: ['Region', ({ chosen }) => chosen ?? ''],
  credentials: ['Credentials', ({ identity, minutesLeft }) => `${identity}${minutesLeft === undefined ? '' : `, for ${plural(minutesLeft, 'minute')}`}`],
  bootstrap: ['CDK bootstrap', ({ version }) => version === undefined ? 'may not be looked at' : `version ${version}`],
  lambda: ['Lambda', ({ unreserved, runtimes }) => [`${unreserved} concurrent executions`, ...Object.keys(runtimes).filter((name) => runtimes[name])].join(', ')],
  permissions: ['Rights', ({ asked }) => asked === 0 ? 'everything' : `all ${asked} that were asked for`],
  webSocket: ['WebSocket', ({ status }) => `gets through to API Gateway (${status}, as it must be)`],
  sharedUrl: ['Shared URL', () => 'lets clients in'],
}

/** The list that doctor prints: a line for what is well, and for each finding what was seen, why, and what to do. */
export function renderList(facts: MachineFacts, findings: Finding[], { colour = false } = {}) {
  const sections = (Object.keys(SUBJECTS) as Subject[]).flatMap((subject) => {
    const own = findings.filter((finding) => finding.subject === subject)
    if (own.length > 0) return own.flatMap((finding) => told(finding, colour))
    if (facts[subject] !== undefined) return line('✓', subject, tellAll(subject, facts), 'green', colour)
    return facts.notKnown?.[subject] === undefined ? [] : line('·', subject, `not known: ${facts.notKnown[subject]}`, 'dim', colour)
  })
  return [heading(facts), ...sections, '', ...verdict(findings, colour)].join('\n')
}

const heading = ({ chosen }: MachineFacts) => chosen?.cloud === 'aws'
  ? `Doctor looked at this machine and at your account on AWS${chosen.profile ? ` (profile ${chosen.profile})` : ''}.`
  : `Doctor looked at this machine${chosen?.event.sharedUrl ? ' and at the shared URL' : ', and asked nothing beyond it'}.`

const tellAll = <S extends Subject>(subject: S, facts: MachineFacts) => SUBJECTS[subject][1](facts[subject] as NonNullable<MachineFacts[S]>)

function told({ id, subject, severity, seen, mistake }: Finding, colour: boolean) {
  const mark = severity === 'fail' ? line('✗', subject, seen, 'red', colour) : line('!', subject, seen, 'yellow', colour)
  const fields = [['why', mistake.cause], ['do', mistake.fix], ['more', `npm run explain ${id}`]] as const
  return [...mark, ...fields.flatMap(([label, text]) => column(`      ${label.padEnd(6)}`, text))]
}

const line = (mark: string, subject: Subject, text: string, style: 'green' | 'red' | 'yellow' | 'dim', colour: boolean) =>
  column(`  ${mark} ${SUBJECTS[subject][0].padEnd(TITLE_WIDTH)}`, text).map((one, i) => i === 0 ? one.replace(mark, painted(style, mark, colour)) : one)

/** Text beside a label, and below itself where it is longer than the line. */
const column = (label: string, text: string) =>
  paragraph(text, { width: WIDTH - label.length }).map((one, i) => `${i === 0 ? label : ' '.repeat(label.length)}${one}`)

function verdict(findings: Finding[], colour: boolean) {
  const failures = findings.filter(({ severity }) => severity === 'fail').length
  const remarks = findings.length - failures
  const also = remarks > 0 ? ` ${plural(remarks, 'thing is', 'things are')} good to know (!).` : ''
  if (failures === 0) return [painted('green', `Nothing stands in the way.${also}`, colour)]
  return [painted('red', `${plural(failures, 'thing has', 'things have')} to be mended (✗).${also}`, colour), 'To show this to somebody: npm run doctor bundle']
}
