import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Place } from './place.ts'

/** For tests: a machine in a temporary folder. `files` are written below it: `kit/…`, `kit/.workshop/…`, `home/…`. */
export function testPlace({ files = {}, ...given }: Partial<Place> & { files?: Record<string, string> } = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'doctor-'))
  const [root, home] = [path.join(folder, 'kit'), path.join(folder, 'home')]
  for (const made of [root, home]) mkdirSync(made)
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    writeFileSync(path.join(folder, name), text)
  }
  const place: Place = { root, home, workshop: path.join(root, '.workshop'), environment: {}, settings: {}, event: {}, unusable: [], ...given }
  return { place, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** For tests: an HTTP server on loopback. */
export async function testServer(answer: http.RequestListener) {
  const server = http.createServer(answer)
  // Closing a server forgets those that were upgraded.
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => sockets.add(socket))
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  const { port } = server.address() as AddressInfo
  return {
    server, port, url: `http://127.0.0.1:${port}`,
    stop: () => new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    }),
  }
}
