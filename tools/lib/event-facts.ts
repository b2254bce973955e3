import path from 'node:path'
import { KitError } from './kit-error.ts'
import { root } from './paths.ts'
import { readJsonFile } from './settings.ts'

/** What the facilitator decided for everyone. A member that was left open is undefined, and nothing asks for it. */
export type EventFacts = {
  /** the chat that everyone joins: `wss://…` on AWS, `ws://…` on the LAN */
  sharedUrl?: string
  /** the AWS account that everyone uses */
  account?: string
  region?: string
  minutes: number
}

const MINUTES = 120
const NEXT = 'Correct it, or leave it empty where there is nothing to say.'

/**
 * The `workshop` key of package.json, each member overridden by the environment: WORKSHOP_SHARED_URL, WORKSHOP_ACCOUNT, WORKSHOP_REGION,
 * WORKSHOP_MINUTES. Throws KitError for a value that cannot be meant.
 */
export function readEventFacts(environment: NodeJS.ProcessEnv = process.env, file = path.join(root, 'package.json')): EventFacts {
  const { workshop = {} } = readJsonFile<{ workshop?: Record<string, unknown> }>(file) ?? {}
  const fact = (name: string, variable: string, allowed: (text: string) => boolean, example: string) => {
    const fromEnvironment = environment[variable]?.trim()
    const value = fromEnvironment || String(workshop[name] ?? '').trim()
    if (value === '' || allowed(value)) return value || undefined
    throw new KitError({ what: `"${name}" of this event must be like ${example}, got "${value}".`, where: fromEnvironment ? variable : 'package.json, key "workshop"', next: NEXT })
  }

  return {
    sharedUrl: fact('sharedUrl', 'WORKSHOP_SHARED_URL', isWebSocketUrl, 'wss://abcdefghij.execute-api.eu-west-1.amazonaws.com/beta'),
    account: fact('account', 'WORKSHOP_ACCOUNT', (text) => /^\d{12}$/.test(text), '123456789012'),
    region: fact('region', 'WORKSHOP_REGION', (text) => /^[a-z]{2}(-[a-z]+)+-\d$/.test(text), 'eu-west-1'),
    minutes: Number(fact('minutes', 'WORKSHOP_MINUTES', (text) => /^[1-9]\d{0,3}$/.test(text), '120') ?? MINUTES),
  }
}

/** Whether `text` is what a WebSocket client connects to. */
export function isWebSocketUrl(text: string): boolean {
  try {
    return /^wss?:$/.test(new URL(text).protocol)
  } catch {
    return false
  }
}
