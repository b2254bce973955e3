import { readFileSync } from 'node:fs'

const EVERY_MS = 100
const PAGE_BYTES = 4096

/**
 * Calls `exceeded` once a process holds more than `maxBytes` of memory, of whatever kind. The answer ends the watch.
 *
 * Differs from AWS: buffers and native memory are bounded on Linux only; elsewhere MemorySize bounds the JavaScript heap alone.
 */
export function watchMemory(pid: number, maxBytes: number, exceeded: () => void): () => void {
  if (process.platform !== 'linux' || pid === 0) return () => {}
  const timer = setInterval(() => { if (residentBytes(pid) > maxBytes) exceeded() }, EVERY_MS)
  timer.unref()
  return () => clearInterval(timer)
}

/** The second number of `statm` is pages in memory. 0 where the process has ended. */
function residentBytes(pid: number) {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES
  } catch {
    return 0
  }
}
