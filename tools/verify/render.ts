import { wrapped } from '../lib/columns.ts'
import { duration, painted, plural } from '../lib/output.ts'
import { steps } from '../steps.ts'
import type { CheckReport, Report, StepReport } from './report.ts'

export type RenderOptions = {
  colour?: boolean
  /** also the checks that passed, where a step fails */
  verbose?: boolean
}

const WIDTH = 80
const MOST_LINES = 12

/** What a participant reads: the verdict first, then the one thing to do. A failure takes 12 lines at most, of 80 columns at most. */
export const render = (report: Report, options: RenderOptions = {}) =>
  report.steps.map((step) => renderStep(step, report.cloud, options).join('\n')).join('\n\n')

function renderStep(report: StepReport, cloud: Report['cloud'], options: RenderOptions): string[] {
  const { step, status, checks } = report
  const name = `Step ${step} ${steps.find(({ number }) => number === step)?.name ?? ''}`.trimEnd()
  if (status === 'pass') {
    const ms = checks.reduce((sum, check) => sum + check.ms, 0)
    return [paint('green', `✓ ${name} passes: ${plural(checks.length, 'check')}, ${duration(ms)} (${place(cloud)})`, options), ...checks.flatMap((check) => passedCheck(check, options))]
  }

  const failed = checks.find((check) => check.status === 'fail')
  if (!failed) return [`· ${name} was not reached: it was interrupted.`]

  const counts = countsOf(checks, failed, cloud)
  const lines = [...failure(name, failed, options), ...counts, nextThing(failed)]
  return options.verbose ? [...lines, ...checks.filter((check) => check.status === 'pass').flatMap((check) => passedCheck(check, options))] : lines
}

function failure(name: string, { title, evidence, causes = [] }: CheckReport, options: RenderOptions): string[] {
  const [likeliest, ...others] = causes
  const verdict = evidence?.broken ? `${name}: verify could not look whether this is so: ${title}` : `${name} fails: ${title}`
  // The verdict, the counts and the last line are always there; the rest shares what is left.
  const head = paragraph(`✗ ${verdict}`, { indent: '  ' }).slice(0, 2).map((line) => paint('red', line, options))
  let left = MOST_LINES - head.length - 2
  const fields: [string, string | undefined, number][] = [
    ['seen', evidence?.seen, 3],
    ['cause', evidence?.broken ? undefined : likeliest?.cause ?? 'not one that this kit knows. What was seen is all there is to go by.', 2],
    ['fix', likeliest?.fix, 3],
    ['at', likeliest?.at, 1],
    ['more', likeliest && `npm run explain ${likeliest.id}${others.length > 0 ? `   or it is ${others.map(({ id }) => id).join(', ')}` : ''}`, 1],
  ]
  const told = fields.flatMap(([label, text, most]) => {
    if (!text || left <= 0) return []
    const lines = field(label, text, Math.min(most, left))
    left -= lines.length
    return lines
  })
  const log = likeliest || evidence?.broken ? [] : lastLogLines(evidence?.log ?? '', left)
  return [...head, ...told, ...log]
}

const countsOf = (checks: CheckReport[], failed: CheckReport, cloud: Report['cloud']) => {
  const passed = checks.filter(({ status }) => status === 'pass').length
  const waiting = checks.length - passed - 1
  const after = checks.slice(checks.indexOf(failed) + 1).some(({ status }) => status === 'fail')
  const rest = after ? plural(waiting, 'waits or fails', 'wait or fail') : plural(waiting, 'waits', 'wait')
  const counts = [passed > 0 && `✓ ${plural(passed, 'check passes', 'checks pass')}`, waiting > 0 && `· ${rest.replace(' ', ' more ')}`, place(cloud)]
  return [`  ${counts.filter(Boolean).join('   ')}`]
}

const nextThing = ({ causes = [], evidence }: CheckReport) => {
  if (evidence?.broken?.isDenied) return 'Next: these are your rights, not your work: npm run explain rights-missing'
  if (evidence?.broken) return 'Next: run it again. If it stays, show this to the facilitator.'
  return causes[0] ? 'Next: do what "fix" says and save. Stuck? npm run hint' : 'Next: compare with npm run hint, or read npm run logs'
}

function passedCheck({ title, ms, note }: CheckReport, options: RenderOptions): string[] {
  const time = duration(ms)
  const text = shortened(title, WIDTH - 6 - time.length)
  return [
    `  ${paint('green', '✓', options)} ${text}${' '.repeat(WIDTH - 4 - text.length - time.length)}${paint('dim', time, options)}`,
    ...note ? paragraph(note, { indent: '    ' }).map((line) => `    ${line.trimStart()}`) : [],
  ]
}

/** Without a known cause the log is all there is: its last lines, without times and ids (D3), and without what the runtime and the SDK have to say. */
function lastLogLines(log: string, most: number) {
  const said = [...log.matchAll(/^\S+Z\t[^\t]*\t([A-Z]+)\t(.*)$/gm)].map(([, level, text]) => `${level} ${text!.replaceAll(/\s+/g, ' ')}`)
  const lines = most <= 0 ? [] : said.filter((text) => !/NodeVersionSupportWarning/.test(text)).slice(-Math.min(3, most))
  return lines.map((line, i) => shortened(`  ${(i === 0 ? 'log' : '').padEnd(7)}${line}`, WIDTH))
}

/** A label and its text, wrapped to at most `most` lines. */
export function field(label: string, text: string, most: number) {
  const width = WIDTH - 9
  const all = paragraph(text, { width })
  const lines = all.length > most ? [...all.slice(0, most - 1), shortened(all.slice(most - 1).join(' '), width)] : all
  return lines.map((line, i) => `  ${(i === 0 ? label : '').padEnd(7)}${line}`)
}

/** What was said, in lines: blanks and line breaks in it are all one. */
export function paragraph(text: string, { indent = '', width = WIDTH } = {}): string[] {
  const said = text.trim().replaceAll(/\s+/g, ' ')
  return said ? wrapped(said, width, { indent, breaksWords: true }) : []
}

const shortened = (text: string, length: number) => text.length > length ? `${text.slice(0, length - 1)}…` : text

const place = ({ name, account, region, endpoint }: Report['cloud']) => name === 'local' ? `local ${endpoint?.replace(/^https?:\/\//, '') ?? ''}` : `aws ${account} ${region}`

export const paint = (style: Parameters<typeof painted>[0], text: string, { colour = false }: RenderOptions) => painted(style, text, colour)
