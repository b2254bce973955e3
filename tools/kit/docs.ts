import { createServer } from 'node:http'
import { KitError } from '../lib/kit-error.ts'
import { note, say } from '../lib/output.ts'
import { parsed } from './arguments.ts'
import type { Command } from './command.ts'
import { docsHandler } from './docs/handler.ts'
import { builtSite, buildSite, isBuilt, showWhileWriting } from './docs/site.ts'

const usage = 'npm run docs'
const PORT = 4570
const AUTHORS_PORT = 4571

export const command: Command = {
  summary: 'Opens the site of the workshop: the steps, and what to do about what you see.',
  usage,
  details: ['build       builds it first, also where it is built already', 'port=N      where it listens on 127.0.0.1; 0: anywhere', 'dev         for authors: shows the pages as they are written (npm run docs:dev)'],
  example: 'npm run docs build',
  async run(args) {
    const { values, positionals: [word] } = parsed(args, { port: { type: 'string' } }, usage, { words: 1 })
    if (!['build', 'dev', undefined].includes(word)) throw new KitError({ what: `"${word}" is not known here.`, next: `${usage} | npm run docs build | npm run docs:dev` })
    const port = portFrom(values.port, word === 'dev' ? AUTHORS_PORT : PORT)
    if (word === 'dev') return showWhileWriting(port)

    if (word === 'build' || !isBuilt()) await buildSite()
    return serve(port)
  },
}

function portFrom(text: string | undefined, usual: number) {
  const port = Number(text ?? usual)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new KitError({ what: `The port must be an integer from 0 to 65535, got "${text}".`, next: `${usage} port=${usual}` })
  return port
}

/** Serves the built site until Ctrl-C. A port that is taken is replaced by a free one. */
async function serve(wanted: number): Promise<number> {
  const docs = docsHandler(builtSite)
  const server = createServer((request, response) => {
    if (docs(request, response)) return
    response.writeHead(request.url === '/' ? 302 : 404, { location: '/docs/', 'content-type': 'text/plain' }).end('The site is at /docs/\n')
  })
  const port = await listen(server, wanted).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE' || wanted === 0) throw error
    note(`Port ${wanted} is taken, so it is another one.`)
    return listen(server, 0)
  })
  say(`The site: http://127.0.0.1:${port}/docs/`)
  note('Ctrl-C ends it.')
  await new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve))
  server.close()
  server.closeAllConnections()
  return 0
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve((server.address() as { port: number }).port)
    })
  })
}
