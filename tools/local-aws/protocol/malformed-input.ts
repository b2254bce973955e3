import { AwsError } from '../aws-error.ts'
import type { Protocol } from './service-model.ts'

type Part = 'body' | 'address' | 'framing'

/** A request that cannot be turned into an operation's input. `part` is where it went wrong. */
export class MalformedInput extends Error {
  readonly part: Part

  constructor(message: string, part: Part = 'body', options?: ErrorOptions) {
    super(message, options)
    this.name = 'MalformedInput'
    this.part = part
  }
}

/** The error by which services of `protocol` refuse it. */
export function malformedInputError({ message, part }: MalformedInput, protocol: Protocol): AwsError {
  switch (protocol) {
    case 'awsQuery': return new AwsError('MalformedInput', message, { status: 400 })
    case 'restXml': return part === 'body' ? malformedXml() : new AwsError(part === 'address' ? 'InvalidArgument' : 'IncompleteBody', message, { status: 400 })
    default: return new AwsError('SerializationException', message, { status: 400 })
  }
}

export const malformedXml = () =>
  new AwsError('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema', { status: 400 })
