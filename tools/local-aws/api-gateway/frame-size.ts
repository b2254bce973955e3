import type { Socket } from 'node:net'

const MAX_FRAME_BYTES = 32 * 1024
const MAX_MESSAGE_BYTES = 128 * 1024

/** Calls `exceeded` once when a client announces a frame over 32 KB, or has sent over 128 KB of one message (A12.5). */
export function watchFrameSizes(socket: Socket, exceeded: () => void) {
  const isTooBig = createFrameMeter()
  const read = (chunk: Buffer) => {
    if (!isTooBig(chunk)) return
    socket.removeListener('data', read)
    exceeded()
  }
  // In front of the WebSocket implementation, which knows a limit for messages but none for frames.
  socket.prependListener('data', read)
}

/**
 * Reads the headers of WebSocket frames in a stream of chunks, without touching the payloads. Answers true once a limit is passed.
 * @see https://www.rfc-editor.org/rfc/rfc6455#section-5.2
 */
export function createFrameMeter({ maxFrameBytes = MAX_FRAME_BYTES, maxMessageBytes = MAX_MESSAGE_BYTES } = {}) {
  const header = Buffer.alloc(14)
  let have = 0
  let payloadLeft = 0
  let messageBytes = 0

  return function isTooBig(chunk: Buffer): boolean {
    for (let at = 0; at < chunk.length;) {
      if (payloadLeft > 0) {
        const step = Math.min(payloadLeft, chunk.length - at)
        payloadLeft -= step
        at += step
        continue
      }
      header[have++] = chunk[at++]!
      if (have < 2 || have < headerSize(header)) continue

      have = 0
      payloadLeft = payloadSize(header)
      const opcode = header[0]! & 0x0f
      if (opcode >= 8) continue // control frames have a limit of their own, and may come between the frames of a message
      messageBytes = opcode === 0 ? messageBytes + payloadLeft : payloadLeft
      if (payloadLeft > maxFrameBytes || messageBytes > maxMessageBytes) return true
    }
    return false
  }
}

const lengthCode = (header: Buffer) => header[1]! & 0x7f
const isMasked = (header: Buffer) => (header[1]! & 0x80) !== 0

function headerSize(header: Buffer) {
  const extra = { 126: 2, 127: 8 }[lengthCode(header)] ?? 0
  return 2 + extra + (isMasked(header) ? 4 : 0)
}

function payloadSize(header: Buffer) {
  switch (lengthCode(header)) {
    case 126: return header.readUInt16BE(2)
    case 127: return Number(header.readBigUInt64BE(2))
    default: return lengthCode(header)
  }
}
