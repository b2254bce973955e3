import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { KitError } from '../lib/kit-error.ts'
import { duration, note, say, table } from '../lib/output.ts'
import { readSettings } from '../lib/settings.ts'
import { parsed } from './arguments.ts'
import type { Command } from './command.ts'
import { confirms } from './confirm.ts'
import type { Phase } from './demo/play.ts'
import { stopRequested } from './stop-requested.ts'
import { chosenAws, describeCloud } from './with-cloud.ts'

const usage = 'npm run demo'

/** One line of the table. */
type Line = { phase: string, ms: number, result: string }
type Options = { isJson: boolean, said?: string }

export const command: Command = {
  summary: 'Plays the whole workshop by itself on a fresh local AWS: deploys and verifies each solution, chats through wscat, takes everything away.',
  usage: `${usage} | ${usage} aws`,
  details: [
    'aws     in your own account, under a suffix of its own: shows account and cost, asks, and proves that nothing is left',
    'yes     says yes beforehand, for scripts',
    'json    the table as one JSON document, for machines',
    'Touches neither your steps/ nor what you deployed.',
  ],
  example: usage,
  async run(args) {
    const { values, positionals: [where] } = parsed(args, { json: { type: 'boolean' }, yes: { type: 'boolean' } }, usage, { words: 1 })
    if (where !== undefined && where !== 'aws') throw new KitError({ what: `"${where}" is not expected here.`, next: `${usage} aws` })
    const options = { isJson: values.json ?? false, said: values.yes ? 'yes' : undefined }
    return where === 'aws' ? demoOnAws(options) : demoLocally(options)
  },
}

async function demoLocally(options: Options) {
  const { playLocally } = await import('./demo/local.ts')
  await inTable(options, playLocally)
}

async function demoOnAws(options: Options): Promise<number | void> {
  const { freshSuffix, playOnAws, priceOf } = await import('./demo/on-aws.ts')
  const cloud = await chosenAws({ ...readSettings(), cloud: 'aws', suffix: freshSuffix() })
  note([describeCloud(cloud), ...priceOf(cloud)].join('\n'))
  if (!await confirms('Play it there?', { word: 'yes', said: options.said, how: `${usage} aws yes` })) {
    note('Nothing was done.')
    return 1
  }
  const interrupted = new AbortController()
  void stopRequested().then(() => interrupted.abort())
  await inTable(options, (home, phase) => playOnAws({ cloud, home, phase, signal: interrupted.signal, tell: options.isJson ? () => {} : note }))
}

/** Plays in a folder that is removed again, and prints what was done as a table, also where it did not come to its end. */
async function inTable({ isJson }: Options, play: (home: string, phase: Phase) => Promise<void>) {
  const home = await mkdtemp(path.join(tmpdir(), 'workshop-demo-'))
  const lines: Line[] = []
  const tell = isJson ? () => {} : note
  try {
    await play(home, async (phase, work) => {
      tell(`${phase} …`)
      const started = performance.now()
      const result = await work()
      lines.push({ phase, ms: Math.round(performance.now() - started), result })
    })
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5 })
    if (isJson) say(JSON.stringify({ phases: lines, ms: total(lines) }, null, 2))
    else say(['', table([...lines, { phase: 'all', ms: total(lines), result: '' }].map(({ phase, ms, result }) => [phase, duration(ms).padStart(8), result])), ''].join('\n'))
  }
  tell('The demo is green: everything was built, verified, used and removed.')
}

const total = (lines: Line[]) => lines.reduce((sum, { ms }) => sum + ms, 0)
