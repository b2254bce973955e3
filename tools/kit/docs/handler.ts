import { createReadStream, existsSync, realpathSync, statSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

/** The pages need nothing from elsewhere; what is inline is written by Docusaurus (the colour mode) and by the diagrams. */
const HEADERS = {
  'content-security-policy': "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
}

/**
 * Serves the built site in `folder` below `/docs/`.
 *
 * The function it returns answers false, and writes nothing, where the request is for something else or the site is not built. It reads
 * nothing outside `folder`, whatever the path and wherever links lead.
 */
export function docsHandler(folder: string): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    const [pathname = '', query] = (request.url ?? '').split('?', 2)
    if (pathname !== '/docs' && !pathname.startsWith('/docs/')) return false
    if (!existsSync(path.join(folder, 'index.html'))) return false

    if (request.method !== 'GET' && request.method !== 'HEAD') refuse(response, 405, { allow: 'GET, HEAD' })
    else if (pathname === '/docs') redirect(response, '/docs/', query)
    else answer(folder, pathname.slice('/docs/'.length), { request, response, query })
    return true
  }
}

type Exchange = { request: IncomingMessage, response: ServerResponse, query: string | undefined }

function answer(folder: string, wanted: string, { request, response, query }: Exchange) {
  const name = safeName(wanted)
  if (name === undefined) return refuse(response, 400)

  const page = name.replace(/\/$/, '')
  if (page !== name && fileAt(folder, `${page}.html`)) return redirect(response, `/docs/${page.split('/').map(encodeURIComponent).join('/')}`, query)
  const file = fileAt(folder, name === '' ? 'index.html' : name) ?? fileAt(folder, `${name}.html`)
  if (file) return send(file, 200, request, response)

  const notFound = fileAt(folder, '404.html')
  return notFound ? send(notFound, 404, request, response) : refuse(response, 404)
}

/** The decoded path, or undefined where it is none that a page of ours has: no dot files, no way up, nothing that Windows reads otherwise. */
function safeName(wanted: string): string | undefined {
  let name
  try {
    name = decodeURIComponent(wanted)
  } catch {
    return undefined
  }
  if (/[\0\\:%*?"<>|]/.test(name)) return undefined
  const parts = name.replace(/\/$/, '').split('/')
  return name === '' || parts.every((part) => part !== '' && !part.startsWith('.') && !part.endsWith('.')) ? name : undefined
}

/** The real path of a file below `folder`, or undefined where there is none: a folder is no file, and a link may not lead out. */
function fileAt(folder: string, name: string): string | undefined {
  try {
    const base = realpathSync(folder)
    const real = realpathSync(path.join(base, name))
    return real.startsWith(base + path.sep) && statSync(real).isFile() ? real : undefined
  } catch {
    return undefined
  }
}

function send(file: string, status: number, request: IncomingMessage, response: ServerResponse) {
  response.writeHead(status, {
    ...HEADERS,
    'content-type': TYPES[path.extname(file).toLowerCase()] ?? 'application/octet-stream',
    'content-length': statSync(file).size,
    // Names of assets hold a hash of their content; everything else changes with the next build.
    'cache-control': status === 200 && /[\\/]assets[\\/].*\.[0-9a-f]{8}\./.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache',
  })
  if (request.method === 'HEAD') return response.end()
  return createReadStream(file).on('error', () => response.destroy()).pipe(response)
}

function redirect(response: ServerResponse, to: string, query: string | undefined) {
  response.writeHead(308, { ...HEADERS, 'location': query === undefined ? to : `${to}?${query}`, 'content-length': 0 }).end()
}

function refuse(response: ServerResponse, status: 400 | 404 | 405, headers: Record<string, string> = {}) {
  const text = { 400: 'Bad request', 404: 'Not found', 405: 'Method not allowed' }[status]
  response.writeHead(status, { ...HEADERS, ...headers, 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
}
