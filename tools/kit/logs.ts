import { setTimeout as sleep } from 'node:timers/promises'
import { painted, say, note } from '../lib/output.ts'
import { openAws, unless, type Aws } from '../verify/aws.ts'
import { findChat, functionNames, type Chat } from '../verify/find.ts'
import { parsed } from './arguments.ts'
import type { Command } from './command.ts'
import { notDeployed } from './not-deployed.ts'
import { stopRequested } from './stop-requested.ts'
import { withCloud } from './with-cloud.ts'

const usage = 'npm run logs'
/** CloudWatch shows a line two to nine seconds late (D3.7), so each look goes back a little. */
const OVERLAP_MS = 15_000

export const command: Command = {
  summary: 'Follows what your functions print, until Ctrl-C.',
  usage,
  details: ['once         what there is now, then ends', 'minutes=N    how far back it begins; default 10'],
  example: 'npm run logs once',
  async run(args) {
    const { values } = parsed(args, { once: { type: 'boolean' }, minutes: { type: 'string' } }, usage)
    return withCloud(async (cloud) => {
      const aws = openAws(cloud)
      const chat = findChat({ aws, cloud })
      const deployed = await deployedFunctions(chat)
      if (deployed.length === 0) note((await notDeployed('Your chat', { aws, cloud, chat })).failure.what)
      const names = deployed.length > 0 ? deployed : [chat.names.putConnectedClientToDDB, chat.names.sendMessageToConnectedClient]
      const seen = new Set<string>()
      let since = Date.now() - Number(values.minutes ?? 10) * 60_000
      let stopped = false
      const once = values.once ?? false
      if (!once) {
        note(`Following ${names.join(', ')}. Ctrl-C ends it.`)
        void stopRequested().then(() => { stopped = true })
      }
      do {
        const asked = Date.now()
        for (const line of await newLines(aws, names, since, seen)) say(line)
        since = Math.max(since, asked - OVERLAP_MS)
        for (let waited = 0; !once && !stopped && waited < 1000; waited += 100) await sleep(100)
      } while (!once && !stopped)
      if (once && seen.size === 0) note('No lines yet: a function prints when it is called. npm run wscat')
      aws.close()
    })
  },
}

async function deployedFunctions(chat: Chat): Promise<string[]> {
  const found = await Promise.all(functionNames.map(async (name) => (await chat.function(name))?.name))
  return [...new Set(found.filter((name) => name !== undefined))]
}

/** Lines that were not seen before, of all functions, oldest first. */
export async function newLines(aws: Aws, functions: string[], since: number, seen: Set<string>): Promise<string[]> {
  const found = await Promise.all(functions.map(async (name) => {
    const answer = await unless('ResourceNotFoundException', aws.logs.filterLogEvents({ logGroupName: `/aws/lambda/${name}`, startTime: since }))
    return (answer?.events ?? []).filter(({ eventId }) => !seen.has(eventId!)).map((event) => ({ ...event, name }))
  }))
  const events = found.flat().sort((a, b) => a.timestamp! - b.timestamp!)
  for (const { eventId } of events) seen.add(eventId!)
  return events.filter(({ message }) => !isPlatformNoise(message!)).map(({ name, timestamp, message }) =>
    `${painted('dim', new Date(timestamp!).toISOString().slice(11, 23))} ${painted('cyan', name)} ${message!.trimEnd()}`)
}

const isPlatformNoise = (message: string) => /^(INIT_START|START|END) /.test(message)
