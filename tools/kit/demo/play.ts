import path from 'node:path'
import type { ChosenCloud } from '../../lib/cloud.ts'
import { KitError } from '../../lib/kit-error.ts'
import { note } from '../../lib/output.ts'
import { root } from '../../lib/paths.ts'
import { steps } from '../../steps.ts'
import { verify } from '../../verify/index.ts'
import { render } from '../../verify/render.ts'
import { talkThroughWscat } from '../wscat-talk.ts'
import { chatUrl } from '../wscat.ts'

const WORDS = 'Ground Control to Major Tom'

/** Where the demo is played, and by what means. */
export type Stage = {
  cloud: ChosenCloud
  /** how `deploy` and `destroy` are called in the table */
  means: string
  /** Deploys the solutions of steps 1 to `step`. */
  deploy(step: number): Promise<void>
  destroy(): Promise<void>
  /** Calls the listener for each client that gets in, until the answer is called. */
  opened(listener: () => void): () => void
  /** What is still there after `destroy`. */
  left(): Promise<string[]>
  signal?: AbortSignal
}

/** Does one piece of the demo, times it, and keeps what it answers for the table. */
export type Phase = (name: string, work: () => Promise<string>) => Promise<void>

/** The whole workshop: deploys and verifies each solution, chats through wscat, takes everything away. Throws KitError at the first that does not work. */
export async function play(stage: Stage, phase: Phase) {
  const { cloud, means, signal } = stage
  for (const { number, name } of steps) {
    await phase(`${means} deploy, step ${number}`, async () => {
      await stage.deploy(number)
      return name
    })
    await phase(`verify step ${number}`, () => mustPass(cloud, number, signal))
  }
  await phase('two wscat processes chat', async () => `both heard "${await talkThroughWscat(await chatUrl(cloud), WORDS, stage.opened)}"`)
  await phase(`${means} destroy`, async () => {
    await stage.destroy()
    return cloud.suffix ? `ChatStack-${cloud.suffix}` : 'ChatStack'
  })
  await phase('look for what is left', () => nothingLeft(stage))
}

async function mustPass(cloud: ChosenCloud, step: number, signal: AbortSignal | undefined) {
  const report = await verify({ cloud, steps: [step], tree: path.join(root, 'solutions'), signal })
  const [result] = report.steps
  if (result?.status !== 'pass') {
    note(render(report))
    throw new KitError({ what: `Step ${step} of the solutions did not pass its own verify.`, where: 'solutions/', next: `See it alone: npm run try -- solutions --steps ${step}` })
  }
  return `${result.checks.length} checks passed`
}

async function nothingLeft({ left, cloud, means }: Stage) {
  const things = await left()
  if (things.length > 0) throw new KitError({ what: `After ${means} destroy this was left: ${things.join(', ')}.`, where: cloud.name, next: 'Look for a resource without a removal policy in solutions/.' })
  return 'nothing'
}
