import path from 'node:path'
import { localState } from '../lib/cloud.ts'
import { KitError } from '../lib/kit-error.ts'
import { say } from '../lib/output.ts'
import { DEFAULT_PORT, start } from '../local-aws/index.ts'
import { parsed } from './arguments.ts'
import type { Command } from './command.ts'

const usage = 'npm run local -- --state DIR --port N'

export const command: Command = {
  summary: 'Runs the local AWS alone, until Ctrl-C.',
  usage,
  details: ['--state DIR   where it keeps its state; default .workshop/local', '--port N      0 takes any free one; default 4566 (0 for another state)'],
  example: 'npm run local',
  async run(args) {
    const { values } = parsed(args, { state: { type: 'string' }, port: { type: 'string' } }, usage)
    const state = values.state ? path.resolve(values.state) : localState()
    const aws = await start({ state, port: values.port === undefined ? (values.state ? 0 : DEFAULT_PORT) : portFrom(values.port) })
    // npm start runs this as a child and waits for the message; people read the lines.
    process.send?.({ ready: true, url: aws.url })
    say(`The local AWS listens on ${aws.url} (account ${aws.account}, ${aws.region}). Ctrl-C ends it.`)
    say(`For other AWS tools: ${values.state ? `npm run env -- --state ${values.state}` : 'npm run env'}`)
    await stopRequested()
    await aws.stop()
    // What still waits (a hanging handler's reader) must not keep a stopped cloud alive.
    setTimeout(() => process.exit(0), 2000).unref()
  },
}

function portFrom(text: string) {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535 || text.trim() === '')
    throw new KitError({ what: `--port must be an integer from 0 to 65535, got "${text}".`, next: 'Try: npm run local -- --port 4567' })
  return port
}

/** Ctrl-C, a polite kill, or the end of the parent that started us. */
export const stopRequested = () => new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  process.once('disconnect', resolve)
})
