import type { Cloud } from '../cloud.ts'
import type { Document, Place } from '../store.ts'
import { createPollers, type Pollers } from './event-sources/pollers.ts'
import { arnOf, stateOf, type LambdaState } from './function-store.ts'
import { createHome, type Home } from './home.ts'
import { createPackages, type Packages } from './packages.ts'
import { createPool, type Pool } from './pool.ts'
import { createTransitions, type Transitions } from './transitions.ts'

/** What the operations of one account and region share. */
export type Lambda = {
  readonly cloud: Cloud
  readonly place: Place
  readonly document: Document<LambdaState>
  readonly packages: Packages
  readonly transitions: Transitions
  readonly pool: Pool
  readonly pollers: Pollers
  arn(functionName: string): string
}

export function openLambda(cloud: Cloud, place: Place): Lambda {
  const document = stateOf(cloud, place)
  const packages = createPackages(cloud, place)
  const home: Home = createHome()
  const pool = createPool(cloud, place, document.data, packages, home)
  const transitions = createTransitions(cloud, document, async ({ configuration }) => {
    await packages.unpacked(configuration.CodeSha256, await home.folder())
  })
  const pollers = createPollers(cloud, place, document)
  cloud.onStop(async () => {
    await transitions.settled()
    await pool.close()
  })
  return { cloud, place, document, packages, pool, pollers, transitions, arn: (functionName) => arnOf(place, functionName) }
}
