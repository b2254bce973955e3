import { AwsError } from '../aws-error.ts'
import type { Protocol } from './service-model.ts'

/** A request that cannot be turned into an operation's input. `part` is where it went wrong. */
export class MalformedInput extends Error {
  readonly part: 'body' | 'address'

  constructor(message: string, part: 'body' | 'address' = 'body', options?: ErrorOptions) {
    super(message, options)
    this.name = 'MalformedInput'
    this.part = part
  }
}

/** The error by which services of `protocol` refuse it. */
export function malformedInputError({ message, part }: MalformedInput, protocol: Protocol): AwsError {
  switch (protocol) {
    case 'awsQuery': return new AwsError('MalformedInput', message, { status: 400 })
    case 'restXml': return part === 'address'
      ? new AwsError('InvalidArgument', message, { status: 400 })
      : new AwsError('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema', { status: 400 })
    default: return new AwsError('SerializationException', message, { status: 400 })
  }
}
