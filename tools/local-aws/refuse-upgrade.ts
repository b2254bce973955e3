import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'

/** Answers a handshake with a status and a line that people can read, on a socket that still speaks HTTP, and ends it. */
export function refuseUpgrade(socket: Duplex, status: number, why: string): void {
  if (!socket.writable) return void socket.destroy()
  socket.once('finish', () => socket.destroy())
  socket.end([
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, 'connection: close', 'content-type: text/plain', `content-length: ${Buffer.byteLength(why)}`, '', why,
  ].join('\r\n'))
}
