import type { Cloud } from '../cloud.ts'
import type { Place } from '../store.ts'
import { openEngine, type Engine } from './engine.ts'

/** One engine per account and region of each cloud. Keyed by the cloud itself, so clouds in one process share nothing. */
const engines = new WeakMap<Cloud, Map<string, Promise<Engine>>>()

/**
 * The engine of `place`; opened on first use, closed when the cloud stops. A failed opening is tried again by the next call, and an engine that
 * could not write is opened anew.
 */
export async function engineOf(cloud: Cloud, place: Place): Promise<Engine> {
  const ofCloud = enginesOf(cloud)
  const id = `${place.account}/${place.region}`
  const opening = ofCloud.get(id) ?? keep(ofCloud, id, open(cloud, place))
  const engine = await opening
  if (!engine.isBroken()) return engine

  if (ofCloud.get(id) === opening) keep(ofCloud, id, engine.close().then(() => open(cloud, place)))
  return engineOf(cloud, place)
}

function enginesOf(cloud: Cloud) {
  const known = engines.get(cloud)
  if (known) return known

  const ofCloud = new Map<string, Promise<Engine>>()
  engines.set(cloud, ofCloud)
  cloud.onStop(async () => {
    const opened = await Promise.allSettled(ofCloud.values())
    await Promise.all(opened.map((result) => result.status === 'fulfilled' ? result.value.close() : undefined))
  })
  return ofCloud
}

function keep(ofCloud: Map<string, Promise<Engine>>, id: string, opening: Promise<Engine>) {
  ofCloud.set(id, opening)
  opening.catch(() => { if (ofCloud.get(id) === opening) ofCloud.delete(id) })
  return opening
}

const open = async (cloud: Cloud, { account, region }: Place) =>
  openEngine(await cloud.store.folder('dynamodb', { account, region }), { account, region }, cloud.store.demandRoom)
