import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { end } from './client-process.ts'
import { openDiary, type Person } from './person.ts'
import { program } from './programs.ts'

/** Quiet, without a sandbox of its own (CI runs as root), and blind to every name but those of this machine. */
const flags = (profile: string, stranger: string) => [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
  `--user-data-dir=${profile}`,
  `--host-resolver-rules=MAP ${stranger} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost`,
]

export type BrowserOptions = {
  /** an empty folder */
  profile: string
  /** of the page, and so in its Origin: `localhost`, or a name that is nobody's and leads here */
  host?: string
  /** whether the page is in a sandboxed frame, whose Origin is `null` */
  isBoxed?: boolean
}

/** A person in front of Chromium. A small server of our own gives the page, hears what it sees, and tells it what to say. */
export async function browserPerson(url: string, { profile, host = 'localhost', isBoxed = false }: BrowserOptions): Promise<Person> {
  const file = program('chromium')
  const page = await readFile(path.join(import.meta.dirname, 'browser-page.html'))
  const { write, ...diary } = openDiary('Chromium')
  const keyboard = new PassThrough() // what is typed before the page listens waits here

  async function answer(request: IncomingMessage, response: ServerResponse) {
    response.setHeader('access-control-allow-origin', '*') // a boxed page has the Origin `null`
    if (request.url === '/typed') return void keyboard.pipe(response.writeHead(200, { 'content-type': 'text/event-stream' }))
    if (request.url === '/seen') write(JSON.parse(await text(request)))
    response.end(request.url?.startsWith('/?') ? page : request.url === '/box' ? box : '')
  }
  const server = http.createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  const { port } = server.address() as AddressInfo
  const place = `/?chat=${encodeURIComponent(url)}`
  const box = `<!doctype html><iframe sandbox="allow-scripts" src="${place}"></iframe>`
  const child = spawn(file, [...flags(profile, host), `http://${host}:${port}${isBoxed ? '/box' : place}`], {
    env: { PATH: process.env.PATH, HOME: profile }, stdio: 'ignore',
  })

  return {
    ...diary,
    say: (words) => void keyboard.write(`data: ${JSON.stringify(words)}\n\n`),
    async leave() {
      await end(child)
      server.closeAllConnections()
      server.close()
    },
  }
}
