import type { IncomingMessage } from 'node:http'
import { newTraceId } from './ids.ts'

export type Multi = Record<string, string[]>
/** What a handshake brings along, each name with all its values. */
export type HandshakeParts = { headers: Multi, query: Multi }

type Edge = { host: string, sourceIp: string, now: number }

// What the edge in front of the gateway writes its own way, whatever the client wrote (A3.3).
const EDGE_NAMES = new Map([
  'Host', 'Origin', 'User-Agent', 'Cookie', 'Authorization', 'Connection', 'Upgrade',
  'Sec-WebSocket-Key', 'Sec-WebSocket-Version', 'Sec-WebSocket-Protocol', 'Sec-WebSocket-Extensions',
].map((name) => [name.toLowerCase(), name]))

/**
 * The headers and query parameters of a handshake as the gateway hands them on, sorted by name. `Host` is the API's own name, also for a
 * client that used another.
 */
export function handshakeParts({ rawHeaders }: IncomingMessage, query: string, { host, sourceIp, now }: Edge): HandshakeParts {
  const headers = new Map<string, string[]>()
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!
    append(headers, EDGE_NAMES.get(name.toLowerCase()) ?? name, rawHeaders[i + 1]!)
  }
  const edge = {
    'Host': host, 'X-Amzn-Trace-Id': newTraceId(now),
    'X-Forwarded-For': sourceIp, 'X-Forwarded-Port': '443', 'X-Forwarded-Proto': 'https',
  }
  for (const name of headers.keys()) if (Object.keys(edge).some((own) => own.toLowerCase() === name.toLowerCase())) headers.delete(name)
  for (const [name, value] of Object.entries(edge)) headers.set(name, [value])

  const parameters = new Map<string, string[]>()
  for (const [name, value] of new URLSearchParams(query)) append(parameters, name, value)
  return { headers: sortedHeaders([...headers]), query: Object.fromEntries(parameters) }
}

/** `$connect` does not see these two (A3.2). */
export function withoutHopHeaders({ headers, query }: HandshakeParts): HandshakeParts {
  return { headers: Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'Connection' && name !== 'Upgrade')), query }
}

function append(map: Map<string, string[]>, name: string, value: string) {
  const values = map.get(name)
  if (values) values.push(value)
  else map.set(name, [value])
}

/** Case does not count (A3.3). */
export const sortedHeaders = (headers: [string, string[]][]): Multi =>
  Object.fromEntries(headers.toSorted(([a], [b]) => a.toLowerCase() < b.toLowerCase() ? -1 : 1))
