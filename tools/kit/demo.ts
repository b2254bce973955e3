import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { localCloud, type ChosenCloud } from '../lib/cloud.ts'
import { KitError } from '../lib/kit-error.ts'
import { duration, note, say, table } from '../lib/output.ts'
import { start } from '../local-aws/index.ts'
import { steps } from '../steps.ts'
import { openAws } from '../verify/aws.ts'
import { verify } from '../verify/index.ts'
import { render } from '../verify/render.ts'
import { parsed } from './arguments.ts'
import { runCdk } from './cdk-cli.ts'
import type { Command } from './command.ts'
import { leftovers } from './leftovers.ts'
import { talkThroughWscat } from './wscat-talk.ts'
import { chatUrl } from './wscat.ts'

const usage = 'npm run demo'
const WORDS = 'Ground Control to Major Tom'

/** One line of the table. */
type Phase = { phase: string, ms: number, result: string }

export const command: Command = {
  summary: 'Plays the whole workshop by itself on a fresh local AWS: deploys and verifies each solution, chats through wscat, takes everything away.',
  usage,
  details: ['json    the table as one JSON document, for machines', 'Touches neither your steps/ nor what you deployed.'],
  example: 'npm run demo',
  async run(args) {
    const { values } = parsed(args, { json: { type: 'boolean' } }, usage)
    const home = await mkdtemp(path.join(tmpdir(), 'workshop-demo-'))
    const phases: Phase[] = []
    const tell = values.json ? () => {} : note
    try {
      await play(home, async (phase, work) => {
        tell(`${phase} …`)
        const started = performance.now()
        const result = await work()
        phases.push({ phase, ms: Math.round(performance.now() - started), result })
      })
    } finally {
      await rm(home, { recursive: true, force: true, maxRetries: 5 })
      if (values.json) say(JSON.stringify({ phases, ms: total(phases) }, null, 2))
      else say(['', table([...phases, { phase: 'all', ms: total(phases), result: '' }].map(({ phase, ms, result }) => [phase, duration(ms).padStart(8), result])), ''].join('\n'))
    }
    tell('The demo is green: everything was built, verified, used and removed.')
  },
}

const total = (phases: Phase[]) => phases.reduce((sum, { ms }) => sum + ms, 0)

async function play(home: string, phase: (name: string, work: () => Promise<string>) => Promise<void>) {
  let aws: Awaited<ReturnType<typeof start>> | undefined
  try {
    await phase('start the local AWS', async () => {
      aws = await start({ state: path.join(home, 'local'), port: 0 })
      return aws.url
    })
    const cloud = localCloud(aws!)
    const cdk = (...words: string[]) => runCdk(cloud, [...words, '--app', `"${process.execPath}" --import tsx solutions/app.ts`, '--output', path.join(home, 'cdk.out')], { home: path.join(home, 'cdk') })

    for (const { number, name } of steps) {
      await phase(`cdk deploy, step ${number}`, async () => {
        await cdk('deploy', '--context', `upTo=${number}`, '--require-approval', 'never')
        return name
      })
      await phase(`verify step ${number}`, () => mustPass(cloud, number))
    }
    await phase('two wscat processes chat', async () => {
      const heard = await talkThroughWscat(await chatUrl(cloud), WORDS, (listener) => aws!.events.on((event) => { if (event.kind === 'connection' && event.change === 'opened') listener() }))
      return `both heard "${heard}"`
    })
    await phase('cdk destroy', async () => {
      await cdk('destroy', '--force')
      return 'ChatStack'
    })
    await phase('look for what is left', () => nothingLeft(cloud))
  } finally {
    await aws?.stop()
  }
}

async function mustPass(cloud: ChosenCloud, step: number) {
  const report = await verify({ cloud, steps: [step] })
  const [result] = report.steps
  if (result?.status !== 'pass') {
    note(render(report))
    throw new KitError({ what: `Step ${step} of the solutions did not pass its own verify.`, where: 'solutions/', next: `See it alone: npm run try -- solutions --steps ${step}` })
  }
  return `${result.checks.length} checks passed`
}

async function nothingLeft(cloud: ChosenCloud) {
  const aws = openAws(cloud)
  try {
    const left = await leftovers(aws)
    if (left.length > 0) throw new KitError({ what: `After cdk destroy this was left: ${left.join(', ')}.`, where: 'the local AWS', next: 'Look for a resource without a removal policy in solutions/.' })
    return 'nothing'
  } finally {
    aws.close()
  }
}
