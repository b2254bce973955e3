import { startProcess, type Exit, type ProcessOptions } from './function-process.ts'

/** What an environment hears from its process. `fatal`: the process ends by itself after this. */
export type Reply =
  | { kind: 'idle' }
  | { kind: 'result', body: Buffer }
  | { kind: 'error' | 'initError', body: Buffer, fatal: boolean }
  | { kind: 'exit', exit: Exit }
  | { kind: 'timeout' }

export type Conversation = {
  readonly pid: number
  /** The highest memory use that the process told of, in bytes. */
  readonly memoryBytes: number
  send(header: object, body: Uint8Array): void
  /** The next thing the process says, or `timeout` after `limitMs`. */
  next(limitMs: number): Promise<Reply>
  /** While paused, nothing more is heard of the process, and it waits in its next write. */
  pause(): void
  resume(): void
  kill(): void
  readonly ended: Promise<Exit>
}

export type ConversationOptions = Omit<ProcessOptions, 'onMessage' | 'onOutput'> & {
  onLine(text: string): void
  onText(text: string): void
}

/** A process and what it said that nobody has asked for yet. */
export function startConversation({ onLine, onText, ...options }: ConversationOptions): Conversation {
  const inbox: Reply[] = []
  let wake: (() => void) | undefined
  let memoryBytes = 0
  const put = (reply: Reply) => {
    inbox.push(reply)
    wake?.()
  }
  const running = startProcess({
    ...options,
    onOutput: onText,
    onMessage(message, body) {
      memoryBytes = Math.max(memoryBytes, message.memoryBytes ?? 0)
      switch (message.kind) {
        case 'line': return onLine(body.toString())
        case 'text': return onText(body.toString())
        case 'idle': return put({ kind: 'idle' })
        case 'result': return put({ kind: 'result', body })
        case 'error':
        case 'initError': return put({ kind: message.kind, body, fatal: message.fatal ?? false })
        case 'started': return
        case 'afterwards': return // the answer has been given already; the log has the rest (D2.8)
      }
    },
  })
  const ended = running.ended.then((exit) => {
    put({ kind: 'exit', exit })
    return exit
  })

  return {
    pid: running.pid,
    get memoryBytes() { return memoryBytes },
    send: running.send,
    pause: running.pause,
    resume: running.resume,
    kill: running.kill,
    ended,
    async next(limitMs) {
      if (inbox.length === 0) {
        let timer: NodeJS.Timeout | undefined
        await new Promise<void>((resolve) => {
          wake = resolve
          timer = setTimeout(resolve, limitMs)
        })
        clearTimeout(timer)
        wake = undefined
      }
      return inbox.shift() ?? { kind: 'timeout' }
    },
  }
}
