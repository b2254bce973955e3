export type Turns = ReturnType<typeof createTurns>

/** Lets `most` pieces of work run at a time; the others wait in the order in which they came. */
export function createTurns(most: number) {
  const waiting: (() => void)[] = []
  let running = 0

  return {
    async run(work: () => Promise<void>): Promise<void> {
      if (running < most) running++
      else await new Promise<void>((resolve) => { waiting.push(resolve) })
      try {
        await work()
      } finally {
        // The turn is handed on, so that nobody can come in between.
        const next = waiting.shift()
        if (next) next()
        else running--
      }
    },
    waiting: () => waiting.length,
  }
}
