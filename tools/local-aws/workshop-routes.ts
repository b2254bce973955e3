import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Cloud } from './cloud.ts'
import type { Fault } from './faults.ts'

const MAX_FAULT_BYTES = 10_000

/** `/_workshop/events` and `/_workshop/faults/ID`, for whoever knows the token of `running.json`. Answers false where the path is not one of them. */
export function createWorkshopRoutes(cloud: Cloud, token: string) {
  return async function workshopRoutes(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const [pathname = '', query] = (request.url ?? '').split('?', 2)
    const fault = /^\/_workshop\/faults\/([\w.-]{1,64})$/.exec(pathname)?.[1]
    if (pathname !== '/_workshop/events' && !fault) return false
    if (!isToken(request.headers.authorization?.replace(/^Bearer /i, '') ?? new URLSearchParams(query).get('token') ?? '', token)) {
      answer(response, 401, { message: 'The token of running.json is missing or wrong.' })
      return true
    }

    if (fault && request.method === 'PUT') await setFault(request, response, cloud, fault)
    else if (fault && request.method === 'DELETE') answer(response, cloud.faults.remove(fault) ? 200 : 404, {})
    else if (!fault && request.method === 'GET') streamEvents(response, cloud)
    else answer(response, 405, { message: `${request.method} is not offered here.` })
    return true
  }
}

function streamEvents(response: ServerResponse, cloud: Cloud) {
  response.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' })
  response.flushHeaders()
  const stop = cloud.events.on((event) => {
    // A reader that does not read is let go rather than buffered without end.
    if (response.writableLength > 4_000_000) response.destroy()
    else response.write(`${JSON.stringify(event)}\n`)
  })
  response.on('close', stop)
}

async function setFault(request: IncomingMessage, response: ServerResponse, cloud: Cloud, id: string) {
  let text = ''
  for await (const chunk of request) {
    text += chunk
    if (text.length > MAX_FAULT_BYTES) return answer(response, 413, { message: 'A fault is a small JSON object.' })
  }
  const fault = parsedFault(text)
  if (!fault) return answer(response, 400, { message: 'A fault is a JSON object with a kind: gone, throttle, slow, deny, drop, policy-delay, role-delay, disk-full or deployment-delay.' })

  cloud.faults.set(fault, id)
  answer(response, 200, fault)
}

const REQUIRED: Record<Fault['kind'], string[]> = {
  'gone': [], 'drop': [], 'disk-full': [], 'throttle': ['service'], 'slow': ['service', 'ms'], 'deny': ['action'], 'policy-delay': ['ms'], 'role-delay': ['ms'], 'deployment-delay': ['ms'],
}

function parsedFault(text: string): Fault | undefined {
  let value
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  const required = value && Object.hasOwn(REQUIRED, value.kind) ? REQUIRED[value.kind as Fault['kind']] : undefined
  if (!required?.every((name) => name === 'ms' ? Number.isFinite(value.ms) && value.ms >= 0 : typeof value[name] === 'string')) return undefined
  return value
}

function isToken(given: string, token: string) {
  const [a, b] = [Buffer.from(given), Buffer.from(token)]
  return a.length === b.length && timingSafeEqual(a, b)
}

function answer(response: ServerResponse, status: number, body: object) {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}
