import type { LogWriter } from './log-writer.ts'

const TAIL_BYTES = 4096
/** A longer line becomes several events. Where AWS cuts is not recorded; CloudWatch once took no more than this. */
const MAX_LINE_CHARACTERS = 262_144

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
  const tail = createTail()
  let held = ''

  function put(text: string, inTail = true) {
    writer.write(text)
    if (inTail) tail.add(text)
  }
  return {
    line(text) {
      put(held + text)
      held = ''
    },
    text(text) {
      const lines = linesOf(text)
      const rest = lines.at(-1)?.endsWith('\n') ? '' : lines.pop() ?? ''
      for (const line of lines) this.line(line)
      held += rest
      if (held.length < MAX_LINE_CHARACTERS) return
      put(held)
      held = ''
    },
    platform(text, { inTail = true } = {}) {
      for (const line of linesOf(text)) put(line, inTail)
    },
    release() {
      if (held) put(`${held}\n`)
      held = ''
    },
    takeTail: tail.take,
  }
}

const linesOf = (text: string) => text.split(/(?<=\n)/)

/** Keeps the end of what is added, and never much more than that. */
function createTail() {
  let pieces: Buffer[] = []
  let bytes = 0
  const end = () => Buffer.concat(pieces).subarray(-TAIL_BYTES)
  return {
    add(text: string) {
      const piece = Buffer.from(text)
      pieces.push(piece)
      bytes += piece.byteLength
      if (bytes < 16 * TAIL_BYTES) return
      pieces = [Buffer.from(end())]
      bytes = TAIL_BYTES
    },
    take() {
      const taken = end()
      pieces = []
      bytes = 0
      return taken.toString('base64')
    },
  }
}
