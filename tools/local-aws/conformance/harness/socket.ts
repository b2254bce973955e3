import { WebSocket } from 'ws'
import { randomBytes } from 'node:crypto'
import http from 'node:http'
import https from 'node:https'
import { answerOf, type Answer } from './http.ts'

const WAIT_MS = 15_000

export type Ending = { code: number, reason: string }
export type Client = {
  socket: WebSocket
  /** The next frame that has not been taken yet, as text. Throws where none comes in 15 s. */
  next(): Promise<string>
  send(value: unknown): void
  closed: Promise<Ending>
  close(code?: number, reason?: string): Promise<Ending>
}
type Options = { headers?: Record<string, string>, protocols?: string[] }

/** Connects as any client does, or rejects. */
export async function connect(url: string, { headers, protocols = [] }: Options = {}): Promise<Client> {
  const socket = new WebSocket(
    url, protocols, { headers: { 'User-Agent': 'conformance', ...headers }, perMessageDeflate: false, handshakeTimeout: 40_000 },
  )
  const frames: string[] = []
  const takers: ((text: string) => void)[] = []
  socket.on('message', (data: Buffer) => {
    const taker = takers.shift()
    if (taker) taker(data.toString())
    else frames.push(data.toString())
  })
  const closed = new Promise<Ending>((resolve) => { socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() })) })
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.on('error', reject)
  })
  return {
    socket, closed,
    next: () => frames.length > 0 ? Promise.resolve(frames.shift()!) : within(
      WAIT_MS, 'a frame', new Promise<string>((resolve) => { takers.push(resolve) }),
    ),
    send: (value) => socket.send(typeof value === 'string' || Buffer.isBuffer(value) ? value : JSON.stringify(value)),
    close(code = 1000, reason) {
      socket.close(code, reason)
      return within(WAIT_MS, 'the end of the connection', closed)
    },
  }
}

export type Frame = { opcode: number, isLast: boolean, payload: Buffer }
export type RawClient = {
  /** status line and headers of the answer to the handshake */
  answer: Answer
  next(): Promise<Frame>
  /** Sends one frame, masked as a client must. */
  send(opcode: number, payload: Buffer | string, options?: { isLast?: boolean, isMasked?: boolean, reserved?: number }): void
  /** Code and reason of the close frame. */
  closing(): Promise<Ending>
  destroy(): void
}

/** Knocks with a handshake of our own making. `raw` is there where the answer was 101. */
export function knock(
  url: string,
  { headers = {}, method = 'GET', hasUpgrade = true }: { headers?: Record<string, string>, method?: string, hasUpgrade?: boolean } = {},
): Promise<Answer & { raw?: RawClient }> {
  const { protocol, hostname, port, pathname, search, host } = new URL(url)
  const upgrade = hasUpgrade && {
    'Connection': 'Upgrade', 'Upgrade': 'websocket', 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
  }
  return new Promise((resolve, reject) => {
    const request = (protocol === 'wss:' ? https : http).request({
      hostname, port, path: pathname + search, method, headers: { Host: host, ...upgrade, ...headers }, agent: false,
      signal: AbortSignal.timeout(45_000),
    }, (response) => { answerOf(response).then(resolve, reject) })
    request.on('upgrade', (response, socket, head) => {
      const answer: Answer = {
        status: response.statusCode!, headers: response.headers, rawHeaders: response.rawHeaders, body: '', bytes: Buffer.alloc(0),
      }
      resolve({ ...answer, raw: rawClient(answer, socket, head) })
    })
    request.on('error', reject)
    request.end()
  })
}

function rawClient(answer: Answer, socket: import('node:stream').Duplex, head: Buffer): RawClient {
  let buffer = head
  const frames: Frame[] = []
  const takers: ((frame: Frame) => void)[] = []
  function read() {
    for (let frame = frameIn(buffer); frame; frame = frameIn(buffer)) {
      buffer = buffer.subarray(frame.size)
      const taker = takers.shift()
      if (taker) taker(frame)
      else frames.push(frame)
    }
  }
  socket.on('data', (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk])
    read()
  })
  socket.on('error', () => { /* the proof sees that nothing comes */ })
  read()

  const next = () => frames.length > 0 ? Promise.resolve(frames.shift()!) : within(
    WAIT_MS, 'a frame', new Promise<Frame>((resolve) => { takers.push(resolve) }),
  )
  return {
    answer, next,
    send: (opcode, payload, options) => { socket.write(frameOf(opcode, Buffer.from(payload), options)) },
    async closing() {
      for (;;) {
        const { opcode, payload } = await next()
        if (opcode === 8) return { code: payload.length < 2 ? 1005 : payload.readUInt16BE(0), reason: payload.subarray(2).toString() }
      }
    },
    destroy: () => { socket.destroy() },
  }
}

/** @see https://www.rfc-editor.org/rfc/rfc6455#section-5.2 */
function frameIn(buffer: Buffer): Frame & { size: number } | undefined {
  if (buffer.length < 2) return undefined
  const code = buffer[1]! & 0x7f
  const start = 2 + ({ 126: 2, 127: 8 }[code] ?? 0)
  if (buffer.length < start) return undefined
  const length = code === 126 ? buffer.readUInt16BE(2) : code === 127 ? Number(buffer.readBigUInt64BE(2)) : code
  if (buffer.length < start + length) return undefined
  return {
    opcode: buffer[0]! & 0x0f, isLast: (buffer[0]! & 0x80) !== 0, payload: buffer.subarray(start, start + length), size: start + length,
  }
}

function frameOf(opcode: number, payload: Buffer, { isLast = true, isMasked = true, reserved = 0 } = {}) {
  const first = (isLast ? 0x80 : 0) | reserved << 4 | opcode
  const mask = isMasked ? 0x80 : 0
  const { length } = payload
  const header = length < 126 ? Buffer.from([first, mask | length]) : length < 65_536 ? Buffer.from([first, mask | 126, length >> 8, length & 0xff]) : Buffer.from([first, mask | 127, 0, 0, 0, 0, 0, 0, 0, 0])
  if (length >= 65_536) header.writeBigUInt64BE(BigInt(length), 2)
  if (!isMasked) return Buffer.concat([header, payload])
  const key = randomBytes(4)
  return Buffer.concat([header, key, Buffer.from(payload.map((byte, at) => byte ^ key[at % 4]!))])
}

/** `work`, or an error that names what did not come in time. */
export async function within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => { timer = setTimeout(
    () => reject(new Error(`${what} did not come within ${ms / 1000} s`)), ms,
  ) })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
