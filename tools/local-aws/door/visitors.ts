import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { hostNameOf, isLoopbackOrigin } from '../visitors.ts'
import type { AddressBook } from './address-book.ts'

/** An answer instead of the chat. */
export type TurnedAway = { status: number, why: string }

export type Doorkeeping = { host: string, port: number, passcode: string, addresses: AddressBook }

const NOT_SERVED: TurnedAway = { status: 403, why: 'Nothing is served here, or the passcode in the URL is not right. Ask whoever shares the room.' }

/**
 * Why a handshake is turned away, or undefined if it may come in. A page of another site may reach an address on the LAN, and a name of its
 * own may be made to resolve to it, so Host must be the very address that is open, and an Origin (only browsers send it) must be a page of
 * the visitor's own machine. Whatever path is not the passcode counts as a guess.
 */
export function turnedAway({ headers, url = '/' }: IncomingMessage, address: string, { host, port, passcode, addresses }: Doorkeeping): TurnedAway | undefined {
  const known = addresses.of(address)
  if (!isOurs(headers.host, host, port)) return { status: 403, why: 'This Host is not served here.' }
  if (headers.origin !== undefined && !isLoopbackOrigin(headers.origin)) return { status: 403, why: 'This Origin is not served here.' }
  if (known.wrongPasscodes.isEmpty()) return { status: 429, why: 'Too many wrong passcodes came from your address. Wait a minute.' }
  if (!isSame(url.split('?')[0]!.slice(1).toLowerCase(), passcode)) {
    known.wrongPasscodes.take()
    return NOT_SERVED
  }
  if (known.floods.isEmpty()) return { status: 429, why: 'Too many from your address were sent away for sending too much. Wait a minute.' }
  if (!known.handshakes.take()) return { status: 429, why: 'Too many connections were opened from your address. Wait a minute.' }
  if (!addresses.hasRoomFor(address)) return { status: 503, why: 'The room is full: too many connections are open, in all or from your address.' }
}

function isOurs(header: string | undefined, host: string, port: number) {
  const given = /:(\d+)$/.exec(header ?? '')?.[1] ?? '80'
  return hostNameOf(header) === host && Number(given) === port
}

/** Takes the same time whatever differs, lengths included. */
const isSame = (given: string, wanted: string) => timingSafeEqual(digestOf(given), digestOf(wanted))

const digestOf = (text: string) => createHash('sha256').update(text).digest()
