import { renderUnicodeCompact } from 'uqr'
import { isInteractive, painted, usesColour } from '../lib/output.ts'
import { isPrivate } from './lan.ts'

/** What is needed to join, in the words of people. */
export function invitation(url: string, { sharedUrl }: { sharedUrl?: string } = {}): string[] {
  return [
    '',
    `  npx wscat -c ${url}`,
    `  npm run chat ${url}     friendlier, in this kit`,
    '',
    ...qrCode(url),
    sharedUrl === url
      ? 'It is the shared URL of this event, so everyone with this package.json joins it by: npm run chat shared'
      : `As "sharedUrl" of the key "workshop" in package.json, or as WORKSHOP_SHARED_URL, everyone joins it by: npm run chat shared${sharedUrl ? `\n${attention(`At present that is another: ${sharedUrl}`)}` : ''}`,
  ]
}

/** The URL as a QR code: white on black whatever the colours of the terminal, since cameras want that. Nothing where blocks would be read aloud. */
export function qrCode(text: string, { environment = process.env, colour = usesColour() } = {}): string[] {
  if (environment.ACCESSIBLE || environment.TERM === 'dumb') return []
  const lines = renderUnicodeCompact(text, { border: 2 }).split('\n')
  return [...lines.map((line) => `  ${painted(['whiteBright', 'bgBlack'], line, colour)}`), '']
}

/** What a room on the LAN opens, to whom, and what it does not. */
export const openOnLan = ({ host, port, network, reach }: { host: string, port: number, network?: string, reach: string }): string[] => [
  `Open      the chat's WebSocket at ${host}:${port}, nothing else`,
  `To whom   ${whoReaches(host, network)} and knows the URL with its passcode`,
  `Closed    everything else of this local AWS stays on this machine (${reach}): control plane, @connections, functions, table`,
  'Unlocked  nothing is encrypted on the way: others on the network can read along, so no secrets',
]

function whoReaches(host: string, network?: string) {
  if (host.startsWith('127.')) return 'whoever works on this very machine'
  if (!isPrivate(host)) return 'whoever reaches this address, which may be the whole internet,'
  return `whoever is on the same network${network ? ` (${network})` : ''}`
}

/** What a room on AWS opens. */
export const openOnAws = (): string[] => [
  'Open      the chat of the solutions, deployed beside everybody\'s own under the suffix "shared"',
  'To whom   whoever knows the URL, from anywhere: it has no passcode',
]

/** The sign that cannot be missed in a list of lines. */
export const attention = (text: string) => painted('yellow', `! ${text}`, isInteractive())
