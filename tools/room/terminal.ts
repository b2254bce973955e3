import readline from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { widthOf } from '../lib/columns.ts'
import { fitted } from './shown.ts'

/** Lines that come faster than anybody types belong to one paste. */
const PASTE_MS = 30
const HISTORY = 200
const PROMPT = '> '

export type Streams = { input: Readable & { isTTY?: boolean }, output: Writable & { columns?: number }, errors: Writable }

export type Terminal = {
  /** What somebody said: on the output. */
  print(line: string): void
  /** What the chat itself has to say: beside the output where that is no terminal. */
  remark(line: string): void
  /** Replaces the prompt by a text that tells why nothing goes out. */
  prompt(text?: string): void
  close(): void
}

type Handlers = { typed(text: string): void, left(): void }

/**
 * Reads lines and prints others above the one that is being typed. In a terminal arrow keys bring back what was typed before, several pasted
 * lines are one text, and a typed line makes room for its echo; without one every line is a text.
 */
export function openTerminal({ input, output, errors }: Streams, { typed, left }: Handlers, { isTerminal = Boolean(input.isTTY) } = {}): Terminal {
  const lines = readline.createInterface({
    input, ...isTerminal && { output }, terminal: isTerminal, historySize: HISTORY, removeHistoryDuplicates: true, prompt: PROMPT,
    // A line of Windows may come in two pieces, however long apart.
    ...!isTerminal && { crlfDelay: Infinity },
  })
  const pasted: string[] = []
  let pasting: NodeJS.Timeout | undefined
  let isClosed = false

  lines.on('line', (line) => {
    if (!isTerminal) return typed(line)
    clearLines(line)
    pasted.push(line)
    clearTimeout(pasting)
    pasting = setTimeout(pasteEnded, PASTE_MS)
  })
  lines.on('SIGINT', () => lines.close())
  lines.on('close', () => {
    isClosed = true
    clearTimeout(pasting)
    left()
  })

  /** A paste without a line break at its end leaves its last line to be looked at: Enter sends the whole. */
  function pasteEnded() {
    if (lines.line !== '') return above(`  (${pasted.length} more above this line; Enter sends them together)`)
    const text = pasted.splice(0).join('\n')
    lines.prompt()
    typed(text)
  }

  function clearLines(line: string) {
    // Terminals that do not know their size say 0.
    const rows = Math.floor((widthOf(lines.getPrompt()) + widthOf(line)) / (output.columns || 80)) + 1
    readline.moveCursor(output, 0, -rows)
    readline.clearScreenDown(output)
  }

  function above(text: string) {
    if (isClosed) return void output.write(`${text}\n`)
    readline.moveCursor(output, 0, -lines.getCursorPos().rows)
    readline.cursorTo(output, 0)
    readline.clearScreenDown(output)
    output.write(`${fitted(text, output.columns ?? 0)}\n`)
    // readline remembers how many rows it must go up to redraw; they are cleared already.
    Object.assign(lines, { prevRows: 0 })
    lines.prompt(true)
  }

  return {
    print: (line) => { if (isTerminal) above(line); else output.write(`${line}\n`) },
    remark: (line) => { if (isTerminal) above(line); else errors.write(`${line}\n`) },
    prompt(text = PROMPT) {
      if (!isTerminal || isClosed) return
      lines.setPrompt(text)
      lines.prompt(true)
    },
    close() {
      if (isClosed) return
      if (isTerminal) {
        readline.cursorTo(output, 0)
        readline.clearScreenDown(output)
      }
      lines.close()
    },
  }
}
