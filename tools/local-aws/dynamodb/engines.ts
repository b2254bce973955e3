import type { Cloud } from '../cloud.ts'
import type { Place } from '../store.ts'
import { openEngine, type Engine } from './engine.ts'

/** One engine per account and region of each cloud. Keyed by the cloud itself, so clouds in one process share nothing. */
const engines = new WeakMap<Cloud, Map<string, Promise<Engine>>>()

/** The engine of `place`; opened on first use, closed when the cloud stops. A failed opening is tried again by the next call. */
export function engineOf(cloud: Cloud, place: Place): Promise<Engine> {
  const ofCloud = engines.get(cloud) ?? new Map<string, Promise<Engine>>()
  engines.set(cloud, ofCloud)

  const id = `${place.account}/${place.region}`
  const opening = ofCloud.get(id) ?? open(cloud, place)
  ofCloud.set(id, opening)
  opening.catch(() => { ofCloud.delete(id) })
  return opening
}

async function open(cloud: Cloud, { account, region }: Place) {
  const engine = await openEngine(await cloud.store.folder('dynamodb', { account, region }), { account, region })
  cloud.onStop(() => engine.close())
  return engine
}
