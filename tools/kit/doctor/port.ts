import { connect } from 'node:net'
import path from 'node:path'
import type { Running } from '../../lib/cloud.ts'
import { readJsonFile } from '../../lib/settings.ts'
import type { PortFacts } from '../../mistakes/index.ts'
import type { Place } from './place.ts'
import { portOwner } from '../../lib/port-owner.ts'
import { isLocalAws } from './state.ts'

/** DEFAULT_PORT of the local AWS, whose import takes longer than all of doctor. */
export const USUAL_PORT = 4566

/** Who has the usual port of the local AWS. */
export async function probePort({ workshop }: Place, port = USUAL_PORT): Promise<PortFacts> {
  if (!await listens(port)) return { port, use: 'free' }

  const url = `http://127.0.0.1:${port}`
  const [isKit, by] = await Promise.all([isLocalAws(url), portOwner(port)])
  return { port, use: !isKit ? 'other' : runningAt(workshop) === url ? 'ours' : 'kit', ...by && { by } }
}

/** By connecting and not by listening, which would keep a local AWS that starts at this moment from its port. */
const listens = (port: number) => new Promise<boolean>((resolve) => {
  const socket = connect({ port, host: '127.0.0.1', timeout: 500 })
  const done = (answer: boolean) => {
    socket.destroy()
    resolve(answer)
  }
  socket.on('connect', () => done(true))
  socket.on('timeout', () => done(false))
  socket.on('error', () => done(false))
})

function runningAt(workshop: string) {
  try {
    return readJsonFile<Running>(path.join(workshop, 'local/running.json'))?.url
  } catch {
    return undefined // told by the state's own probe
  }
}
