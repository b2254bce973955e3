import { NormalizedSchema } from '@smithy/core/schema'
import type { ServiceDefinition } from '../service.ts'

export type Protocol = 'restJson1' | 'awsJson1_0' | 'awsJson1_1' | 'awsQuery' | 'restXml'

/** Traits of a schema as the SDK clients carry them: `httpLabel`, `httpQuery`, `xmlName`, `jsonName` … Their type is not exported. */
export type Traits = Record<string, any>
/** What the SDK clients export under names that end in `$`: tuples, told apart by their first number. */
export type ExportedSchema = readonly any[]

const OPERATION = 9
const ERROR = -3
const STRUCTURE = 3

export type HttpBinding = {
  method: string
  status: number
  /** `['v2', 'apis', '{ApiId}']`; a segment `{Key+}` takes all that is left */
  segments: string[]
  /** query parameters the address must have; an empty value: any value */
  query: [name: string, value: string][]
  /** query parameters and headers (lower case) bound to required members */
  requiredQuery: string[]
  requiredHeaders: string[]
}
export type OperationModel = { name: string, input: NormalizedSchema, output: NormalizedSchema, http?: HttpBinding }

export type ServiceModel = {
  definition: ServiceDefinition
  protocol: Protocol
  isS3: boolean
  /** of a JSON service whose errors also carry the codes that they had in awsQuery */
  isQueryCompatible: boolean
  /** of the XML answers */
  xmlNamespace: string
  /** what stands before the dot in X-Amz-Target */
  targetPrefix?: string
  operations: Map<string, OperationModel>
  /** operations with an address of their own, most specific first */
  routes: OperationModel[]
  /** by the error's name in the model, and for awsQuery also by the code on the wire */
  errors: Map<string, ExportedSchema>
}

export const traitsOf = (schema: NormalizedSchema) => schema.getMergedTraits() as Traits

/** Members of a structure; none for the unit type. */
export const membersOf = (schema: NormalizedSchema): [string, NormalizedSchema][] => schema.isStructSchema() ? [...schema.structIterator()] : []

/** A structure of some members of another, under another name. */
export const structureOf = (name: string, members: [string, NormalizedSchema][], traits: Traits = {}) =>
  NormalizedSchema.of([STRUCTURE, '', name, traits, members.map(([key]) => key), members.map(([, member]) => member)] as any)

/** Names of the members that a request must carry. A structure lists them first and says how many there are. */
export function requiredMembersOf(schema: NormalizedSchema): Set<string> {
  const raw = schema.isStructSchema() ? schema.getSchema() as unknown as ExportedSchema : []
  return new Set((raw[4] as string[] | undefined)?.slice(0, raw[6] ?? 0))
}

/** Answers the model of a service, read from its SDK client the first time it is asked for. */
export function createModels() {
  const models = new Map<ServiceDefinition, Promise<ServiceModel>>()
  return function modelOf(definition: ServiceDefinition): Promise<ServiceModel> {
    let model = models.get(definition)
    if (!model) models.set(definition, model = definition.load().then((client) => readModel(definition, client)))
    return model
  }
}

/** Reads operations, errors and protocol of a service from the exports of its SDK client. */
export function readModel(definition: ServiceDefinition, client: Record<string, any>): ServiceModel {
  const protocol = protocolOf(client)
  const model: ServiceModel = {
    definition,
    protocol: protocol.getShapeId().split('#')[1],
    isS3: definition.signingName === 's3',
    isQueryCompatible: protocol.awsQueryCompatible ?? false,
    xmlNamespace: protocol.options?.xmlNamespace ?? '',
    targetPrefix: protocol.serviceTarget,
    operations: new Map(), routes: [], errors: new Map(),
  }
  for (const [key, schema] of Object.entries(client)) {
    if (!key.endsWith('$') || !Array.isArray(schema)) continue
    if (schema[0] === ERROR) addError(model, schema)
    if (schema[0] === OPERATION) addOperation(model, schema)
  }
  model.routes.sort((a, b) => specificity(b.http!) - specificity(a.http!))
  return model
}

/** The same service as older clients speak to it. Undefined where it has only one protocol, or where `headers` name an operation as JSON services do. */
export function inQueryProtocol(model: ServiceModel, headers: Record<string, string>): ServiceModel | undefined {
  const { query } = model.definition
  if (!query || headers['x-amz-target'] !== undefined) return undefined
  return { ...model, protocol: 'awsQuery', isQueryCompatible: false, xmlNamespace: query.namespace }
}

/** The protocol object is in a client's resolved configuration only, so one is made; it never sends anything. */
function protocolOf(client: Record<string, any>) {
  const name = Object.keys(client).find((key) => /^[A-Z].*Client$/.test(key))
  if (!name) throw new Error('The module exports no SDK client.')
  return new client[name]({ region: 'us-east-1', credentials: { accessKeyId: 'unused', secretAccessKey: 'unused' } }).config.protocol
}

function addError(model: ServiceModel, schema: ExportedSchema) {
  model.errors.set(schema[2], schema)
  const wireCode = model.protocol === 'awsQuery' && schema[3]?.awsQueryError?.[0]
  if (wireCode && !model.errors.has(wireCode)) model.errors.set(wireCode, schema)
}

function addOperation(model: ServiceModel, schema: ExportedSchema) {
  const [, , name, traits, input, output] = schema
  const operation: OperationModel = { name, input: NormalizedSchema.of(input()), output: NormalizedSchema.of(output()) }
  model.operations.set(name, operation)
  if (!traits?.http) return

  const statuses: Record<string, number | undefined> = model.definition.statuses ?? {}
  operation.http = { ...bindingOf(model, operation.input, traits.http), ...statuses[name] && { status: statuses[name] } }
  model.routes.push(operation)
}

function bindingOf(model: ServiceModel, input: NormalizedSchema, [method, address, status]: [string, string, number]): HttpBinding {
  const [path = '/', query] = address.split('?')
  const segments = path.replace(/(.)\/$/, '$1').split('/').slice(1)
  const members = membersOf(input)
  // The model of S3 leaves the bucket to the endpoint rules, which put it in front of the path.
  const inBucket = model.isS3 && members.some(([name, member]) => name === 'Bucket' && traitsOf(member).httpLabel)
  const required = requiredMembersOf(input)
  const requiredTraits = members.filter(([name]) => required.has(name)).map(([, member]) => traitsOf(member))

  return {
    method, status,
    segments: inBucket ? ['{Bucket}', ...segments.filter((segment) => segment !== '')] : segments,
    query: [...new URLSearchParams(query)].filter(([name]) => name !== 'x-id'),
    requiredQuery: requiredTraits.flatMap(({ httpQuery }) => httpQuery ?? []),
    requiredHeaders: requiredTraits.flatMap(({ httpHeader }) => httpHeader?.toLowerCase() ?? []),
  }
}

const specificity = ({ segments, query, requiredQuery, requiredHeaders }: HttpBinding) =>
  segments.filter((segment) => !segment.startsWith('{')).length * 100
  + segments.filter((segment) => segment.endsWith('}') && !segment.endsWith('+}')).length
  + query.length * 20 + requiredQuery.length * 4 + requiredHeaders.length * 4
