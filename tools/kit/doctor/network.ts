import type { EndpointFacts, MachineFacts } from '../../mistakes/index.ts'
import { SERVICES, type AwsAccess } from './aws-access.ts'
import { codeOf, get } from './request.ts'

type Look = { facts: EndpointFacts, skewSeconds?: number }

/** Looks at every service once: whether it can be reached, and by its Date header what time it is there. */
export async function probeNetwork({ endpoint }: Pick<AwsAccess, 'endpoint'>): Promise<Pick<MachineFacts, 'endpoints' | 'clock'>> {
  const urls = [...new Set(SERVICES.map(endpoint))]
  const looks = await Promise.all(urls.map(look))
  const dated = looks.find(({ skewSeconds }) => skewSeconds !== undefined)
  return {
    endpoints: looks.map(({ facts }) => facts),
    ...dated && { clock: { skewSeconds: dated.skewSeconds!, against: dated.facts.host } },
  }
}

async function look(url: string): Promise<Look> {
  const { host } = new URL(url)
  const began = Date.now()
  try {
    const { status, headers } = await get(url)
    const ms = Date.now() - began
    const there = Date.parse(headers.date ?? '')
    // The header was written in between, and tells whole seconds.
    return { facts: { host, status, ms }, ...!Number.isNaN(there) && { skewSeconds: Math.round((began + ms / 2 - there) / 1000) } }
  } catch (error) {
    return { facts: { host, error: codeOf(error), ms: Date.now() - began } }
  }
}
