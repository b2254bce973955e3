/** For tests: repeatable chance. `RANDOM_SEED` in the environment repeats a run. */
export function createRandom(seed = Number(process.env.RANDOM_SEED ?? Date.now() % 1_000_000)) {
  let state = seed >>> 0

  /** mulberry32: small, and even enough for tests. */
  function next(): number {
    state = state + 0x6d2b79f5 >>> 0
    let mixed = Math.imul(state ^ state >>> 15, state | 1)
    mixed ^= mixed + Math.imul(mixed ^ mixed >>> 7, mixed | 61)
    return ((mixed ^ mixed >>> 14) >>> 0) / 4_294_967_296
  }
  const integer = (below: number) => Math.floor(next() * below)
  const pick = <T>(choices: readonly T[]): T => choices[integer(choices.length)]!
  const CHARACTERS = [...'aZ09-_.~ /+%&=?#:;,@!$\'()*[]{}<>"\\|^`é☃😀\u0001']

  return {
    seed, integer, pick,
    /** up to `most` characters, the awkward ones as likely as the plain */
    text: (most: number) => Array.from({ length: integer(most + 1) }, () => pick(CHARACTERS)).join(''),
    bytes: (most: number) => Uint8Array.from({ length: integer(most + 1) }, () => integer(256)),
  }
}
