import { setTimeout as sleep } from 'node:timers/promises'
import { HandlerFailure } from '../handler-failure.ts'

/** Asks until `isReady` says yes; as on AWS a resource is complete only when it can be used. Throws NotStabilized after 30 s. */
export async function ready(what: string, isReady: () => Promise<boolean>) {
  const until = performance.now() + 30_000
  for (let ms = 1; !await isReady(); ms = Math.min(ms * 2, 200)) {
    if (performance.now() > until) throw new HandlerFailure('NotStabilized', `${what} did not stabilize.`, 'NotStabilized')
    await sleep(ms)
  }
}
