import type { Failure } from '../lib/kit-error.ts'

/** Whose chat it is: the one that asks may look into its logs, a guest asks whoever shares the room. */
export type Whose = 'own' | 'shared'

const IDLE_MS = 10 * 60_000
const LIFETIME_MS = 2 * 60 * 60_000
/** AWS was seen to end an idle connection up to four seconds late (A10.4); clocks differ. */
const SLACK_MS = 5_000

export type Lasted = { connectedMs: number, silentMs: number }

/** Why a connection ended, as a half sentence. A close with 1001 says only "Going away" (A10.4, A10.5); how long it lasted tells which. */
export function closingInWords(code: number, reason: string, { connectedMs, silentMs }: Lasted): string {
  if (code === 1001 && connectedMs >= LIFETIME_MS - SLACK_MS) return 'a connection may last two hours, and they are over (1001 Going away)'
  if (code === 1001 && silentMs >= IDLE_MS - SLACK_MS) return 'nobody said anything for 10 minutes (1001 Going away)'
  if (code === 1001) return 'the other side is going away: it stops, or starts anew (1001 Going away)'
  if (code === 1006) return 'the network, or the program at the other end, broke off (1006)'
  if (code === 1009) return 'a frame was over 32 KB, or a message over 128 KB (1009)'
  return `the other side closed the connection: ${reason || 'without a reason'} (${code})`
}

const FRAMES: Record<string, Record<Whose, string>> = {
  'Forbidden': {
    own: 'no route of the deployed stage takes this message. Look at its "action", then whether the routes were deployed since they changed. It says nothing about rights.',
    shared: 'no route takes this message. Look at its "action". It says nothing about rights.',
  },
  'Internal server error': {
    own: 'the function behind the route failed, or may not be called: npm run logs',
    shared: 'the function behind the route failed; whoever shares the room can look into its log.',
  },
  'Endpoint request timed out': {
    own: 'the function took longer than 29 seconds: npm run logs',
    shared: 'the function took longer than 29 seconds.',
  },
  'Too Many Requests': {
    own: 'the message was not passed on: the stage is throttled (a limit of 0 lets nothing through).',
    shared: 'the message was not passed on: slow down, then send it again.',
  },
  'Message too long': {
    own: 'the message was not passed on.',
    shared: 'the message was not passed on. Say it in shorter pieces.',
  },
}

/** What the gateway's own error frame `{"message": "Forbidden", "connectionId":"…", "requestId":"…"}` means; undefined for any other text. */
export function errorFrameInWords(text: string, whose: Whose): string | undefined {
  const frame = parsed(text)
  if (typeof frame?.message !== 'string' || typeof frame.connectionId !== 'string' || typeof frame.requestId !== 'string') return undefined
  const { message } = frame
  const meaning = Object.entries(FRAMES).find(([start]) => message.startsWith(start))?.[1][whose]
  return meaning ? `${message}: ${meaning}` : message
}

/** Why a handshake was answered with `status` instead of 101. */
export function refusalInWords(status: number, body: string, url: string, whose: Whose): Failure {
  const said = parsed(body)?.message ?? body.trim()
  return { what: `The chat did not let you in: ${status}${said ? `, "${String(said).slice(0, 200)}"` : ''}.`, where: url, next: adviceFor(status, whose) }
}

function adviceFor(status: number, whose: Whose) {
  if (whose === 'shared') return status === 429 || status === 503 ? 'Wait a minute, then try again.' : 'Compare the URL with the one that is shared, letter by letter, or ask whoever shares it.'
  if (status === 401 || status === 403) return 'Look whether the stage exists and has a deployment, and what an authorizer says: npm run verify:step-4'
  if (status === 429) return 'The stage is throttled to nothing: look at its limits.'
  return 'The function behind $connect failed, or may not be called: npm run logs'
}

/** Why nobody answered at all. */
export function networkTroubleInWords(error: NodeJS.ErrnoException, url: string, whose: Whose): Failure {
  const asks = whose === 'own' ? 'Is the cloud still there? npm start' : 'Ask whether the room is open, and whether you are on the same network.'
  if (error.code === 'ECONNREFUSED') return { what: 'Nobody listens there.', where: url, next: asks }
  if (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN') return { what: `The name in the URL is not known (${error.code}).`, where: url, next: 'Check the URL and the network. After a destroy and a new deploy the API has another one.' }
  return { what: `The chat could not be reached: ${error.message || error.code}.`, where: url, next: asks }
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}
