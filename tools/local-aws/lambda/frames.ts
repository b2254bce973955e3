/** A message of a function's process: lengths of header and body (32 bits each, big endian), header as JSON, body. */
export type Frame<H> = { header: H, body: Buffer }

const PREFIX_BYTES = 8

export function encodeFrame(header: object, body: Uint8Array): Buffer {
  const head = Buffer.from(JSON.stringify(header))
  const prefix = Buffer.alloc(PREFIX_BYTES)
  prefix.writeUInt32BE(head.length, 0)
  prefix.writeUInt32BE(body.byteLength, 4)
  return Buffer.concat([prefix, head, body])
}

/** An answer at its largest, and some more. */
const MAX_FRAME_BYTES = 16 * 1024 * 1024

/** Puts frames together from pieces of any length. Throws where they are none: a handler may write anything to any descriptor. */
export function createFrameReader<H>(onFrame: (frame: Frame<H>) => void): (piece: Buffer) => void {
  let pieces: Buffer[] = []
  let held = 0
  let wanted = PREFIX_BYTES

  return function read(piece) {
    pieces.push(piece)
    held += piece.length
    if (held < wanted) return

    let rest = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)
    for (;;) {
      if (rest.length < PREFIX_BYTES) break
      const headBytes = rest.readUInt32BE(0)
      const end = PREFIX_BYTES + headBytes + rest.readUInt32BE(4)
      if (end > MAX_FRAME_BYTES) throw new Error(`A frame of ${end} bytes is none of the runtime's`)
      wanted = end
      if (rest.length < end) break
      onFrame({ header: JSON.parse(rest.toString('utf8', PREFIX_BYTES, PREFIX_BYTES + headBytes)), body: rest.subarray(PREFIX_BYTES + headBytes, end) })
      rest = rest.subarray(end)
      wanted = PREFIX_BYTES
    }
    pieces = rest.length > 0 ? [rest] : []
    held = rest.length
  }
}
