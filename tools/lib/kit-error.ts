/** What a person needs to get on: one past-tense sentence, a place, and something to do now. */
export type Failure = {
  /** one past-tense sentence with the numbers in it */
  what: string
  /** a path from the repository's root, a resource, or `route $connect` */
  where?: string
  /** an imperative the reader can act on now */
  next?: string
}

/** A mistake that the kit can name. Printed without a stack trace; `--verbose` shows it. */
export class KitError extends Error {
  readonly failure: Failure

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.what, options)
    this.name = 'KitError'
    this.failure = failure
  }
}

/** The failure as lines: `✗ what`, then `at` and `next` where they are known. */
export const formatFailure = ({ what, where, next }: Failure) =>
  [`✗ ${what}`, where && `  at   ${where}`, next && `  next ${next}`].filter(Boolean).join('\n')
