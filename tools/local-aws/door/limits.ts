import type { Rate } from './bucket.ts'

/** What one door can bear. A room of thirty with two clients each stays far below; one who floods does not. */
export type DoorLimits = {
  connections: number
  /** Many may sit behind one address, where a router translates. */
  connectionsPerAddress: number
  /** per address */
  handshakes: Rate
  /** Per address: with three words of 256, guessing at this rate takes years. */
  wrongPasscodes: Rate
  /** connections of one address that have not sent their request yet */
  pendingPerAddress: number
  /** how long a request may take to come, however slowly its bytes drip */
  handshakeMs: number
  /** per connection; pings count, too */
  messages: Rate
  messageBytes: number
  /** per connection; whoever is refused more often is sent away */
  refusedMessages: Rate
  /** per connection, whatever the bytes mean */
  bytes: Rate
  /** Per address, how many may be sent away for too much; after that nobody gets in from there for a while. Who is in stays. */
  floods: Rate
  /**
   * How many handshakes, messages and ends are being answered at a time; the others wait in order. Fewer than the ten invocations at a time
   * of a new account (D4.18): sixty people who join, or talk, at once would meet a throttled function, and lose what they said. More
   * turns would not be quicker: each is a process of its own, and the machine has few processors.
   */
  turns: number
}

export const DOOR_LIMITS: DoorLimits = {
  connections: 250,
  connectionsPerAddress: 100,
  handshakes: { burst: 100, perSecond: 2 },
  wrongPasscodes: { burst: 10, perSecond: 1 / 6 },
  pendingPerAddress: 40,
  handshakeMs: 5_000,
  messages: { burst: 10, perSecond: 1 },
  messageBytes: 8_192,
  refusedMessages: { burst: 50, perSecond: 1 },
  bytes: { burst: 262_144, perSecond: 32_768 },
  floods: { burst: 3, perSecond: 1 / 30 },
  turns: 4,
}
