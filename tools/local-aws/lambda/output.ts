import type { LogWriter } from './log-writer.ts'

const TAIL_BYTES = 4096

export type Output = {
  /** A whole line of the runtime. */
  line(text: string): void
  /** Raw text; what has no newline yet is held back and comes before the runtime's next line (D3.5). */
  text(text: string): void
  /** A line of the platform. INIT_START is not part of the tail (D3.1). */
  platform(text: string, options?: { inTail?: boolean }): void
  /** Lets go of what is held back, when the process has ended. */
  release(): void
  /** What was written since the last call, at most its last 4 KB, in base64 (D1.5). */
  takeTail(): string
}

/** What one environment writes: to its log stream and to the tail of the invocation that runs. */
export function createOutput(writer: LogWriter): Output {
  let held = ''
  let tail: Buffer[] = []

  function put(text: string, inTail = true) {
    writer.write(text)
    if (inTail) tail.push(Buffer.from(text))
  }
  return {
    line(text) {
      put(held + text)
      held = ''
    },
    text(text) {
      const lines = (held + text).split(/(?<=\n)/)
      held = lines.at(-1)?.endsWith('\n') ? '' : lines.pop() ?? ''
      for (const line of lines) put(line)
    },
    platform(text, { inTail = true } = {}) {
      for (const line of text.split(/(?<=\n)/)) put(line, inTail)
    },
    release() {
      if (held) put(`${held}\n`)
      held = ''
    },
    takeTail() {
      const bytes = Buffer.concat(tail)
      tail = []
      return bytes.subarray(-TAIL_BYTES).toString('base64')
    },
  }
}
