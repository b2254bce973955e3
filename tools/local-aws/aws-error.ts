/**
 * An answer of AWS that is not a success. `name` is AWS's own code (`ConflictException`, `NoSuchEntity`), `message` AWS's own text.
 *
 * The wire layer finds the HTTP status in the service's model; give `status` only where the model has none. `fields` are further members
 * of the error's body (`{ Type: 'User' }`), `headers` further response headers.
 */
export class AwsError extends Error {
  readonly status?: number
  readonly fields: Record<string, unknown>
  readonly headers: Record<string, string>

  constructor(name: string, message: string, { status, fields = {}, headers = {} }: { status?: number, fields?: Record<string, unknown>, headers?: Record<string, string> } = {}) {
    super(message)
    this.name = name
    this.status = status
    this.fields = fields
    this.headers = headers
  }
}

/** The local AWS has no such part. Says which, so that nobody looks for the fault in their own code. */
export const notBuilt = (what: string) =>
  new AwsError('NotImplemented', `${what} is not built into the local AWS. It works on AWS: npm run use aws`, { status: 501 })
