import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { newRequestId } from './ids.ts'

/** A handshake that is not let in, as the client reads it. */
export type Refusal = { status: number, body: string, errorType?: string }

export const forbidden: Refusal = { status: 403, body: '{"message":"Forbidden"}', errorType: 'ForbiddenException' }

/** Writes the refusal on a socket that still speaks HTTP, and ends it. Header names as recorded for a refusal by the function (A2.15). */
export function refuse(socket: Duplex, { status, body, errorType }: Refusal, now: number): void {
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    `Date: ${new Date(now).toUTCString()}`,
    'Content-Type: application/json; charset=UTF-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: keep-alive',
    ...(errorType ? [`x-amzn-ErrorType: ${errorType}`] : []),
    `x-amz-apigw-id: ${newRequestId()}`,
  ]
  if (!socket.writable) return void socket.destroy()
  // Differs from AWS: the connection ends although it says keep-alive, since Node has handed the socket over for good.
  socket.once('finish', () => socket.destroy())
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`)
}
