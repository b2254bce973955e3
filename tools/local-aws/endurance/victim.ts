import process from 'node:process'
import { start, type CloudEvent } from '../index.ts'

/** What a victim hears: after so many more events of a kind it kills itself, as `kill -9` would, in the middle of what it was doing. */
export type Doom = { kind: CloudEvent['kind'], count: number }
/** What else it hears. It answers with the bytes that are in use after everything unused was collected. */
export type Question = 'memory'
/** What a victim says once it is up. */
export type Up = { url: string, region: string, keys: { accessKeyId: string, secretAccessKey: string } }

// A program: `node --import tsx victim.ts STATE` is a local AWS that ends with its parent, or by its own hand when told so.
const [, , state] = process.argv
const { url, region, keys, events, stop } = await start({ state: state!, port: 0 })
let left = Infinity
let kind: CloudEvent['kind'] | undefined

process.on('message', (doom: Doom | Question) => {
  if (doom === 'memory') return process.send!(usedBytes())
  kind = doom.kind
  left = doom.count
  process.send!('armed')
})
events.on((event) => {
  if (event.kind === kind && --left <= 0) process.kill(process.pid, 'SIGKILL')
})
function usedBytes() {
  globalThis.gc!()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
process.once('disconnect', () => { void stop().finally(() => process.exit()) })
process.send!({ url, region, keys } satisfies Up)
