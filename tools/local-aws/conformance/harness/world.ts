import { randomLower } from '../../ids.ts'
import type { ChosenCloud } from '../../../lib/cloud.ts'
import type { LocalAws } from '../../index.ts'
import { sdkOf, type Sdk } from './sdk.ts'

/** What a proof has to work with: one cloud, and what was made in it for the whole run. */
export type World = {
  cloud: ChosenCloud
  /** there where the cloud is in our own hands */
  local?: LocalAws
  aws: Sdk
  /** A name of our own, different in every run: `conformance-4f2a-table`. */
  name(what: string): string
  /** Makes something on first use, for all proofs of the run. */
  once<T>(key: string, make: () => Promise<T>): Promise<T>
  /** Removes something when the run ends, newest first. */
  removeLater(what: string, remove: () => Promise<unknown>): void
  /** Looks again and again until there is something. On AWS changes take up to minutes (A14), here they do not. */
  eventually<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T>
}

/** Only what fails waits as long; a slow machine is no difference from AWS. */
const PATIENCE_MS = { local: 60_000, aws: 180_000 }
const PAUSE_MS = { local: 20, aws: 2_000 }

/** @param warn hears of what could not be removed */
export function createWorld({ cloud, local, warn }: { cloud: ChosenCloud, local?: LocalAws, warn(line: string): void }) {
  const nonce = randomLower(6)
  const made = new Map<string, Promise<unknown>>()
  const removals: { what: string, remove(): Promise<unknown> }[] = []
  const pace = cloud.endpoint ? 'local' : 'aws'

  const world: World = {
    cloud, local,
    aws: sdkOf(cloud),
    name: (what) => `conformance-${nonce}-${what}`,
    once<T>(key: string, make: () => Promise<T>) {
      if (!made.has(key)) made.set(key, make())
      return made.get(key) as Promise<T>
    },
    removeLater: (what, remove) => { removals.unshift({ what, remove }) },
    async eventually(what, look) {
      const deadline = Date.now() + PATIENCE_MS[pace]
      for (;;) {
        const found = await look()
        if (found) return found
        if (Date.now() > deadline) throw new Error(`not within ${PATIENCE_MS[pace] / 1000} s: ${what}`)
        await new Promise((resolve) => { setTimeout(resolve, PAUSE_MS[pace]) })
      }
    },
  }
  return {
    world,
    async end() {
      for (const { what, remove } of removals.splice(0)) await remove().catch((error: Error) => isGone(error) || warn(`${what} was not removed: ${error.message}`))
      world.aws.destroy()
    },
  }
}

const isGone = ({ name }: Error) => /^(NotFound|ResourceNotFound|NoSuch|ParameterNotFound)/.test(name)
