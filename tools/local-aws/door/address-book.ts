import { createBucket, type Bucket } from './bucket.ts'
import type { DoorLimits } from './limits.ts'

/** Beyond so many, addresses that hold nothing open are forgotten. */
const MAX_REMEMBERED = 2_000

type Known = { pending: number, open: number, handshakes: Bucket, wrongPasscodes: Bucket, floods: Bucket }

export type AddressBook = ReturnType<typeof createAddressBook>

/** What each address has open and has tried. */
export function createAddressBook(limits: DoorLimits, now: () => number) {
  const book = new Map<string, Known>()
  let open = 0

  function of(address: string): Known {
    const known = book.get(address)
    if (known) return known
    if (book.size >= MAX_REMEMBERED) forgetSome()
    const made = {
      pending: 0, open: 0,
      handshakes: createBucket(limits.handshakes, now), wrongPasscodes: createBucket(limits.wrongPasscodes, now), floods: createBucket(limits.floods, now),
    }
    book.set(address, made)
    return made
  }

  function forgetSome() {
    for (const [address, known] of book) if (known.open === 0 && known.pending === 0) book.delete(address)
  }

  return {
    of,
    open: () => open,
    hasRoomFor: (address: string) => open < limits.connections && of(address).open < limits.connectionsPerAddress,
    /** Takes a place; the answer gives it back. */
    takePlace(address: string): () => void {
      const known = of(address)
      known.open++
      open++
      return () => {
        known.open--
        open--
      }
    },
  }
}
