import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { systemClock, type Clock } from './clock.ts'
import { assemble, start } from './index.ts'

const temporaryState = () => mkdtemp(path.join(tmpdir(), 'local-aws-'))

/** For tests: a cloud over an empty folder, without a port. */
export async function testCloud({ clock = systemClock }: { clock?: Clock } = {}) {
  const root = await temporaryState()
  const { cloud, stop } = assemble(root, clock)
  return {
    cloud, root,
    place: { account: '000000000000', region: 'us-east-1' },
    async stop() {
      await stop()
      await rm(root, { recursive: true, force: true })
    },
  }
}

/** For tests: a whole local AWS on a free port over an empty folder, and the options by which an SDK client reaches it. */
export async function startTestCloud({ clock, state }: { clock?: Clock, state?: string } = {}) {
  const root = state ?? await temporaryState()
  const aws = await start({ state: root, port: 0, clock })
  return {
    ...aws,
    client: { endpoint: aws.url, region: aws.region, credentials: aws.keys },
    async stop() {
      await aws.stop()
      if (!state) await rm(root, { recursive: true, force: true })
    },
  }
}
