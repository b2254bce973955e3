import type { Ending } from './connection.ts'

/** Why a message of a guest is not passed on: a text in an error frame, or the end of the connection. */
export type GuestRefusal = { message: string } | { ending: Ending }

/** A client that came in by another door than the main port, and what that door asks of it. */
export type Guest = {
  /** Runs what the client causes (handshake, message, end) when its turn comes. */
  inTurn(work: () => Promise<void>): Promise<void>
  /** Looks at a message of `bytes` before anything else does, or at a ping (0). Undefined: it may pass. */
  refusalOf(bytes: number): GuestRefusal | undefined
  /** The client has been let in; `close` says goodbye to it. */
  joined(close: (ending: Ending) => void): void
}
