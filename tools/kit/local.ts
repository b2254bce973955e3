import path from 'node:path'
import { localState } from '../lib/cloud.ts'
import { KitError } from '../lib/kit-error.ts'
import { note, say } from '../lib/output.ts'
import { start, type LocalAws } from '../local-aws/index.ts'
import { parsed } from './arguments.ts'
import type { Command } from './command.ts'
import { docsHandler } from './docs/handler.ts'
import { builtSite } from './docs/site.ts'
import { stopRequested } from './stop-requested.ts'

/** The site of the workshop below `/docs/`, where it is built. */
const site = docsHandler(builtSite)

const usage = 'npm run local state=DIR port=N'

export const command: Command = {
  summary: 'Runs the local AWS alone, until Ctrl-C.',
  usage,
  details: ['state=DIR   where it keeps its state; default .workshop/local', 'port=N      0 takes any free one; default 4566, or a free one where that is taken'],
  example: 'npm run local',
  async run(args) {
    const { values } = parsed(args, { state: { type: 'string' }, port: { type: 'string' } }, usage)
    const state = values.state ? path.resolve(values.state) : localState()
    const aws = values.port === undefined ? await startOnUsualPort(state) : await start({ state, port: portFrom(values.port), site })
    // npm start runs this as a child and waits for the message; people read the lines.
    process.send?.({ ready: true, url: aws.url })
    say(`The local AWS listens on ${aws.url} (account ${aws.account}, ${aws.region}). Ctrl-C ends it.`)
    say(`For other AWS tools: ${values.state ? `npm run env state=${values.state}` : 'npm run env'}`)
    await stopRequested()
    await aws.stop()
    // What still waits (a hanging handler's reader) must not keep a stopped cloud alive.
    setTimeout(() => process.exit(0), 2000).unref()
  },
}

/** The usual port, so that URLs stay the same from day to day; where another program has it, a free one. */
export async function startOnUsualPort(state: string): Promise<LocalAws> {
  try {
    return await start({ state, site })
  } catch (error) {
    if ((error as { cause?: NodeJS.ErrnoException }).cause?.code !== 'EADDRINUSE') throw error
    const aws = await start({ state, port: 0, site })
    note(`${(error as Error).message} The local AWS listens on ${aws.port} instead.`)
    return aws
  }
}

function portFrom(text: string) {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535 || text.trim() === '')
    throw new KitError({ what: `port must be an integer from 0 to 65535, got "${text}".`, next: 'Try: npm run local port=4567' })
  return port
}
