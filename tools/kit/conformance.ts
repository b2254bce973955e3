import { question } from 'zx'
import { conformance as loadConformance } from '../local-aws/index.ts'
import type { ChosenCloud } from '../lib/cloud.ts'
import { KitError } from '../lib/kit-error.ts'
import { duration, isInteractive, note, say } from '../lib/output.ts'
import { readSettings } from '../lib/settings.ts'
import { parsed } from './arguments.ts'
import type { Command } from './command.ts'
import { chosenAws, describeCloud } from './with-cloud.ts'

const usage = 'npm run conformance'
const OPTIONS = { cloud: { type: 'string' }, section: { type: 'string' }, id: { type: 'string' }, plan: { type: 'boolean' }, yes: { type: 'boolean' } } as const
const COST = [
  'It makes some thirty APIs, forty functions, ten roles, a few tables and stacks, all called conformance-…, and removes them at the end.',
  'It sends a few thousand requests, in about half an hour: less than 0.10 USD. Nothing of it costs by the hour.',
]

export const command: Command = {
  summary: 'Proves, fact by fact, that the local AWS answers like AWS; or asks AWS itself whether the facts are still true.',
  usage: `${usage} | ${usage} section=B | ${usage} id=B2.3 | ${usage} cloud=aws`,
  details: [
    'section=B   only facts of this letter or group (A8)', 'id=B2.3     only this row',
    'cloud=aws   in your own account, after asking; without credentials it shows the plan', 'plan        shows what would be proven on AWS', 'yes         does not ask',
  ],
  example: `${usage} section=B2`,
  async run(args) {
    const { values: { cloud = 'local', section: part, id, plan, yes = false } } = parsed(args, OPTIONS, `${usage} help`)
    if (cloud !== 'local' && cloud !== 'aws') throw new KitError({ what: `The cloud must be "local" or "aws", got "${cloud}".`, next: `${usage} cloud=aws` })
    const { conformance, conformancePlan, reportOf } = await loadConformance()
    const thePlan = conformancePlan({ part, id })
    if (thePlan === undefined) throw new KitError({ what: `No fact belongs to "${id ?? part}".`, next: `${usage} plan` })
    if (plan) return say(thePlan)

    const account = cloud === 'aws' ? await accountWithConsent(thePlan, yes) : undefined
    if (account === 'refused') return 1

    const startedAt = Date.now()
    const results = await conformance({ cloud: account, part, id, heard: progress(), warn: note })
    say(reportOf(results))
    note(`Took ${duration(Date.now() - startedAt)}.`)
    return results.some(({ outcome }) => outcome === 'differs') ? 1 : 0
  },
}

/** The participant's account, once they have heard what it costs and agreed. Shows the plan to whoever has no credentials. */
async function accountWithConsent(plan: string, yes: boolean): Promise<ChosenCloud | 'refused'> {
  const account = await chosenAws(readSettings()).catch((error: unknown) => {
    say(plan)
    throw error
  })
  for (const line of [describeCloud(account), ...COST]) note(line)
  if (yes) return account

  if (!isInteractive() || !process.stdin.isTTY) throw new KitError({ what: 'Nobody was there to agree.', next: `Agree beforehand: ${usage} cloud=aws yes` })
  return /^y(es)?$/i.test((await question('Go on? (y/n) ')).trim()) ? account : 'refused'
}

/** One line per section, and what differs as soon as it is seen. */
function progress() {
  let last = ''
  return ({ section, outcome, fact: { id, says } }: { section: string, outcome: string, fact: { id: string, says: string } }) => {
    if (section !== last) note(`${section} …`)
    last = section
    if (outcome === 'differs') note(`  ✗ ${id} ${says}`)
  }
}
