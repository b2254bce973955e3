import { EventEmitter, once } from 'node:events'
import { PassThrough } from 'node:stream'
import type { AddressInfo } from 'node:net'
import { stripVTControlCharacters } from 'node:util'
import { WebSocketServer, type WebSocket } from 'ws'
import { chat, type ChatOptions } from './chat.ts'

/** Takes a frame over from the room by answering true. */
export type Answer = (frame: string, client: WebSocket) => boolean

/** For tests: a chat that says to everyone what one of them said, and whose sockets can be pulled. */
export async function openTestRoom({ port = 0, answer }: { port?: number, answer?: Answer } = {}) {
  const server = new WebSocketServer({ host: '127.0.0.1', port })
  await once(server, 'listening')
  const frames: string[] = []
  const arrivals = new EventEmitter()
  server.on('connection', (client) => client.on('message', (data) => {
    const frame = data.toString()
    frames.push(frame)
    arrivals.emit('frame')
    if (answer?.(frame, client)) return
    const { data: said } = JSON.parse(frame)
    for (const other of server.clients) other.send(said)
  }))
  return {
    server, frames,
    port: (server.address() as AddressInfo).port,
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Resolves when so many frames have come in all. */
    async framesReach(count: number) {
      while (frames.length < count) await once(arrivals, 'frame')
    },
    say: (text: string) => { for (const client of server.clients) client.send(text) },
    async stop() {
      for (const client of server.clients) client.terminate()
      await new Promise((resolve) => { server.close(resolve) })
    },
  }
}

/** For tests: a person at a keyboard, in a terminal or not; unless told otherwise it is so wide that no line is broken. */
export function openPerson(options: Omit<ChatOptions, 'whose' | 'streams'> & { columns?: number }) {
  const [input, output, errors] = [new PassThrough(), new PassThrough(), new PassThrough()]
  const looks = new Set<() => void>()
  let raw = ''
  let remarks = ''
  output.on('data', (chunk) => { raw += chunk; for (const look of looks) look() })
  errors.on('data', (chunk) => { remarks += chunk; for (const look of looks) look() })
  const printed = () => stripVTControlCharacters(raw + remarks)
  const ended = chat({ whose: 'shared', connection: { waitsMs: [1] }, ...options, streams: { input, output: Object.assign(output, { columns: options.columns ?? 400 }), errors } })
  ended.catch(() => {})
  return {
    ended, printed,
    said: () => stripVTControlCharacters(raw),
    remarks: () => stripVTControlCharacters(remarks),
    raw: () => raw,
    press: (keys: string) => { input.write(keys) },
    endInput: () => { input.end() },
    until: (pattern: RegExp) => new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`Waited for ${pattern}, and this was printed:\n${printed()}`)), 5_000)
      const look = () => {
        if (!pattern.test(printed())) return
        clearTimeout(timer)
        looks.delete(look)
        resolve()
      }
      looks.add(look)
      look()
    }),
  }
}
