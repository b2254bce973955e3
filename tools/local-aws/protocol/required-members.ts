import type { NormalizedSchema } from '@smithy/core/schema'
import { AwsError } from '../aws-error.ts'
import { malformedXml } from './malformed-input.ts'
import { membersOf, requiredMembersOf, type ServiceModel } from './service-model.ts'

/**
 * Refuses an input that lacks members its model requires, in the words of AWS's own validation, so that handlers may rely on them. Throws AwsError.
 * Services that speak the wire themselves check for themselves.
 */
export function checkRequired(service: ServiceModel, schema: NormalizedSchema, input: unknown) {
  if (service.definition.passThrough) return
  const missing = missingMembers(schema, input, '')
  if (missing.length === 0) return
  // What S3 needs in path, query and headers decides which operation it is, so this can only be the body.
  if (service.isS3) throw malformedXml()

  if (service.definition.name === 'sqs')
    throw new AwsError('MissingParameter', `The request must contain the parameter ${originalName(missing[0]!)}.`, { status: 400 })
  const faults = missing.map((place) => `Value null at '${place}' failed to satisfy constraint: Member must not be null`)
  const message = `${faults.length} validation error${faults.length === 1 ? '' : 's'} detected: ${faults.join('; ')}`
  throw new AwsError(validationCode(service), message, { status: 400 })
}

/** `entries.1.member.id` is `Id`. */
const originalName = (place: string) => place.slice(place.lastIndexOf('.') + 1).replace(/^./, (letter) => letter.toUpperCase())

function missingMembers(schema: NormalizedSchema, value: unknown, place: string): string[] {
  if (typeof value !== 'object' || value === null) return []
  if (schema.isListSchema())
    return Object.entries(value).flatMap(([index, item]) => missingMembers(schema.getValueSchema(), item, `${place}.${Number(index) + 1}.member`))
  if (schema.isMapSchema()) return Object.entries(value).flatMap(([key, item]) => missingMembers(schema.getValueSchema(), item, `${place}.${key}.member`))

  const required = requiredMembersOf(schema)
  return membersOf(schema).flatMap(([name, member]) => {
    const spelled = name.charAt(0).toLowerCase() + name.slice(1)
    const at = place ? `${place}.${spelled}` : spelled
    const inner = (value as Record<string, unknown>)[name]
    // The server makes up an idempotency token where none is sent.
    if (inner == null) return required.has(name) && !member.isIdempotencyToken() ? [at] : []
    return missingMembers(member, inner, at)
  })
}

function validationCode({ protocol, definition: { name } }: ServiceModel): string {
  if (protocol === 'awsQuery') return 'ValidationError'
  if (name === 'logs') return 'InvalidParameterException' // H.7
  return name === 'apigatewayv2' ? 'BadRequestException' : 'ValidationException'
}
