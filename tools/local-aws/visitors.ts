import type { IncomingMessage } from 'node:http'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])
/** The names that the redirect of Lambda children and wscat keeps in the Host header. Exact labels, never a mere suffix. */
const AWS_NAME = /^(?:[a-z0-9-]+\.){1,4}(?:amazonaws\.com|api\.aws)$/

/**
 * Why a request is turned away, or undefined if it may come in. A page anywhere may reach a port on loopback, and a name of the page's
 * own may be made to resolve to it, so Host must be ours, and an Origin (only browsers send it) must be ours too; `null` is an Origin.
 */
export function refusal(request: IncomingMessage): string | undefined {
  if (!isOurs(request.headers.host) || occurrences(request, 'host') > 1) return 'this Host is not served here'
  if (!isOwnTarget(request.url ?? '/')) return 'this address is not served here'

  const { origin } = request.headers
  if (origin !== undefined && !isLoopbackOrigin(origin)) return 'this Origin is not served here'
  if (request.headers['sec-fetch-site'] === 'cross-site') return 'requests from other sites are not served here'
}

const isOurs = (header: string | undefined) => {
  const host = hostNameOf(header)
  return host !== undefined && (LOOPBACK.has(host) || AWS_NAME.test(host))
}

/** Node keeps the first Host of several; whoever stands in between may have looked at the last. */
const occurrences = ({ rawHeaders = [] }: IncomingMessage, name: string) => rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === name).length

/** A path; or a whole address, as proxies send it, of a name that is ours. A `#` never belongs here, and readers disagree about what it ends. */
function isOwnTarget(url: string) {
  if (url.includes('#')) return false
  return url.startsWith('/') || isOurs(/^https?:\/\/([^/?]*)/i.exec(url)?.[1])
}

/** The name in a Host header, lower case and without the port; undefined where it is missing or malformed. Never throws. */
export function hostNameOf(host: string | undefined): string | undefined {
  return host && /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::\d{1,5})?$/i.exec(host)?.[1]?.toLowerCase()
}

/** Whether a page of this very machine asks. `null` and what is no URL are no such page. */
export function isLoopbackOrigin(origin: string) {
  try {
    const { protocol, hostname } = new URL(origin)
    return /^https?:$/.test(protocol) && LOOPBACK.has(hostname)
  } catch {
    return false
  }
}
