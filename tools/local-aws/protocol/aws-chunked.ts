import { MalformedInput } from './malformed-input.ts'

/** A body without its framing, and the headers that followed it (lower case). */
export type Unframed = { body: Uint8Array, trailers: Record<string, string> }

/**
 * Takes an `aws-chunked` body apart: `SIZE[;chunk-signature=…]\r\nDATA\r\n … 0\r\nTRAILERS`. Throws MalformedInput.
 * Differs from AWS: signatures of single chunks are not checked; the signature of the request is.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export function unframe(framed: Uint8Array): Unframed {
  const buffer = Buffer.from(framed.buffer, framed.byteOffset, framed.byteLength)
  const chunks: Buffer[] = []
  let position = 0
  for (;;) {
    const lineEnd = buffer.indexOf('\r\n', position)
    const size = lineEnd < 0 ? NaN : sizeIn(buffer.toString('latin1', position, lineEnd))
    const start = lineEnd + 2
    if (Number.isNaN(size) || start + size > buffer.length) throw new MalformedInput('The body is not a complete aws-chunked stream.', 'framing')
    if (size === 0) return { body: Buffer.concat(chunks), trailers: trailersIn(buffer.toString('latin1', start)) }

    chunks.push(buffer.subarray(start, start + size))
    position = start + size + 2
    if (buffer.toString('latin1', start + size, position) !== '\r\n') throw new MalformedInput('A chunk of the aws-chunked body does not end where it says.', 'framing')
  }
}

const sizeIn = (line: string) => /^[0-9a-f]{1,8}(?:;|$)/i.test(line) ? Number.parseInt(line, 16) : NaN

function trailersIn(text: string): Record<string, string> {
  const lines = text.split('\r\n').filter((line) => line.includes(':'))
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(':')).trim().toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]))
}
