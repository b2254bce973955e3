/** What goes wrong between a person and AWS, whatever they were about to do. */
export type Trouble = { kind: 'expired' | 'no-credentials' | 'not-accepted' | 'clock' | 'region' | 'denied' | 'throttled' | 'network' | 'certificate' | 'other', name: string, message: string, host?: string }

type Details = { name: string, message: string, code: string }

/** In this order: the first that fits. Names are E3's and what each service says for "too fast". */
const KINDS: [Trouble['kind'], (error: Details) => boolean][] = [
  ['expired', ({ name, message }) => /^(ExpiredToken(Exception)?|RequestExpired|TokenRefreshRequired)$/.test(name) || /\bExpiredToken|expired AWS credentials|security token included in the request is expired|token has expired|(session|token)[^.]* (has |is )?expired|Token is expired/i.test(message)],
  ['clock', ({ name, message }) => name === 'RequestTimeTooSkewed' || /^Signature (expired|not yet current)/.test(message)],
  ['region', ({ name, message }) => name === 'OptInRequired' || /scoped to a valid region|Region is missing|Invalid region/i.test(message)],
  ['not-accepted', ({ name }) => /^(InvalidClientTokenId|UnrecognizedClient(Exception)?|InvalidSignature(Exception)?|SignatureDoesNotMatch|InvalidAccessKeyId|IncompleteSignature(Exception)?|MissingAuthenticationToken(Exception)?|AuthFailure|InvalidToken)$/.test(name)],
  ['throttled', ({ name }) => /^(Throttl(ing|ed)(Exception)?|TooManyRequests(Exception)?|RequestLimitExceeded|SlowDown|ProvisionedThroughputExceededException|LimitExceededException)$/.test(name)],
  ['denied', ({ name, message }) => /^(AccessDenied(Exception)?|UnauthorizedOperation|Forbidden(Exception)?)$/.test(name) || / is not authorized to perform: /.test(message)],
  ['no-credentials', ({ name, message }) => /^Credentials(Provider)?Error$|^TokenProviderError$/.test(name) || /Could not load credentials|Unable to resolve AWS account|no credentials have been configured/i.test(message)],
  ['certificate', ({ code, message }) => /^(SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|CERT_|DEPTH_ZERO|ERR_TLS)/.test(code) || /self[- ]signed certificate|unable to (get|verify)[a-z ]* certificate/i.test(message)],
  ['network', ({ name, code }) => /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE)$/.test(code) || /^(TimeoutError|NetworkingError)$/.test(name)],
]

/** What kind of trouble an error is, or one of those that caused it. Undefined for what does not come from AWS or the way there. */
export function troubleIn(error: unknown): Trouble | undefined {
  const all = chain(error)
  const details = all.map((one) => ({ name: one.name, message: one.message, code: String((one as NodeJS.ErrnoException).code ?? '') }))
  for (const [kind, fits] of KINDS) {
    const index = details.findIndex(fits)
    if (index >= 0) return { kind, name: details[index]!.name, message: details[index]!.message, host: hostIn(all[index]!) }
  }
  const answered = all.find((one) => '$metadata' in one)
  return answered && { kind: 'other', name: answered.name, message: answered.message }
}

/** An error and all that it was caused by, the outermost first. */
function chain(error: unknown): Error[] {
  if (!(error instanceof Error)) return []
  const inner = error instanceof AggregateError ? error.errors : [error.cause]
  return [error, ...inner.flatMap(chain)]
}

const hostIn = (error: Error) => (error as { hostname?: string }).hostname ?? /(?:ENOTFOUND|EAI_AGAIN) ([\w.-]+)/.exec(error.message)?.[1]
