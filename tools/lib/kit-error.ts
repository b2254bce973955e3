/** What a person needs to get on: one past-tense sentence, a place, and something to do now. */
export type Failure = {
  /** one past-tense sentence with the numbers in it */
  what: string
  /** a path from the repository's root, a resource, or `route $connect` */
  where?: string
  /** one sentence, where it is known */
  cause?: string
  /** an imperative the reader can act on now */
  next?: string
  /** a command that tells more */
  more?: string
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

/** The failure as lines: `✗ what`, then `at`, `cause`, `next` and `more` where they are known. */
export const formatFailure = ({ what, where, cause, next, more }: Failure) =>
  [`✗ ${what}`, where && `  at   ${where}`, cause && `  why  ${cause}`, next && `  next ${next}`, more && `  more ${more}`].filter(Boolean).join('\n')
