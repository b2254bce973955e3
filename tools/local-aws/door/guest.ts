import type { Duplex } from 'node:stream'
import type { Ending } from '../api-gateway/connection.ts'
import type { Guest, GuestRefusal } from '../api-gateway/guest.ts'
import { createBucket } from './bucket.ts'
import type { DoorLimits } from './limits.ts'
import type { Turns } from './turns.ts'

/** Policy violation, RFC 6455 section 7.4.1. */
const TOO_MUCH: Ending = { code: 1008, reason: 'Too many messages. Slow down, then connect again.' }

/**
 * One client of the door with its limits. A message too many or too long is answered with an error frame and goes nowhere; one who goes on
 * all the same is sent away.
 *
 * @param flooded is called when it is
 */
export function createGuest(socket: Duplex, { limits, turns, now, flooded }: { limits: DoorLimits, turns: Turns, now: () => number, flooded(): void }) {
  const messages = createBucket(limits.messages, now)
  const bytes = createBucket(limits.bytes, now)
  const refused = createBucket(limits.refusedMessages, now)
  let isSentAway = false
  let sayGoodbye: ((ending: Ending) => void) | undefined

  const guest: Guest = {
    inTurn: (work) => turns.run(work),
    refusalOf(size) {
      if (!messages.take()) return refusal(`Too Many Requests: ${limits.messages.burst} messages at once and ${limits.messages.perSecond} a second is the most here`)
      if (size > limits.messageBytes) return refusal(`Message too long: ${limits.messageBytes} bytes is the most here`)
    },
    joined(close) {
      sayGoodbye = close
      // Bytes that never make a message (pongs, endless fragments) cost time, too. Not before: listening would take them from the handshake.
      socket.on('data', (chunk: Buffer) => { if (!bytes.take(chunk.length)) close(tooMuch()) })
    },
  }

  function refusal(message: string): GuestRefusal {
    return refused.take() ? { message } : { ending: tooMuch() }
  }

  function tooMuch() {
    if (!isSentAway) flooded()
    isSentAway = true
    return TOO_MUCH
  }

  return {
    guest,
    /** Ends the connection politely, or at once where it has not got in yet. */
    dismiss(ending: Ending) {
      if (sayGoodbye) sayGoodbye(ending)
      else socket.destroy()
    },
  }
}
