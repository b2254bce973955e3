import type { Operations } from '../service.ts'
import { badRequest, conflict, notFound } from './errors.ts'
import { newId } from './ids.ts'
import { isSchema } from './json-schema.ts'
import { page } from './paging.ts'
import type { Apis } from './place.ts'
import { given, merge, own, type ApiRecord } from './records.ts'
import { parsed } from './selection.ts'

const MAX_SCHEMA_BYTES = 400 * 1024

type Wish = { Name?: string, Schema?: string }

/** JSON schemas that messages must fit (A8.10), named by routes. The texts of what is refused here are not recorded for AWS. */
export function models(apis: Apis): Operations<'apigatewayv2'> {
  return {
    CreateModel({ ApiId, ...wish }) {
      const record = apis.get(ApiId)
      check(record, wish)

      const ModelId = newId(6, modelsOf(record))
      const model = { ContentType: 'application/json', ...given(wish), ModelId, Name: wish.Name! }
      modelsOf(record)[ModelId] = model
      apis.reconfigured(record)
      return { ...model }
    },
    GetModel: ({ ApiId, ModelId }) => ({ ...modelOf(apis.get(ApiId), ModelId) }),
    GetModels: ({ ApiId, ...paging }) => page(Object.values(modelsOf(apis.get(ApiId))).map((model) => ({ ...model })), paging),
    UpdateModel({ ApiId, ModelId, ...changes }) {
      const record = apis.get(ApiId)
      const model = modelOf(record, ModelId)
      check(record, { ...model, ...given(changes) }, ModelId)

      merge(model, changes as Partial<typeof model>, ['Description'])
      apis.reconfigured(record)
      return { ...model }
    },
    DeleteModel({ ApiId, ModelId }) {
      const record = apis.get(ApiId)
      const { Name } = modelOf(record, ModelId)
      const user = Object.values(record.routes).find(({ route }) => Object.values(route.RequestModels ?? {}).includes(Name!))
      if (user) throw conflict(`Cannot delete model '${Name}', is referenced in route: ${user.route.RouteKey}`)

      delete modelsOf(record)[ModelId!]
      apis.reconfigured(record)
      return {}
    },
  }
}

/** An API that was made before there were models has none. */
export const modelsOf = (record: ApiRecord) => record.models ??= {}

/** Throws unless there is a model of each name. */
export function mustKnow(record: ApiRecord, names: string[]) {
  const known = Object.values(modelsOf(record)).map(({ Name }) => Name)
  if (!names.every((name) => known.includes(name))) throw notFound('Invalid Model identifier specified')
}

function modelOf(record: ApiRecord, modelId: string | undefined) {
  const found = own(modelsOf(record), modelId)
  if (!found) throw notFound('Invalid Model identifier specified')
  return found
}

function check(record: ApiRecord, { Name = '', Schema = '' }: Wish, modelId?: string) {
  if (!/^[A-Za-z0-9]{1,128}$/.test(Name)) throw badRequest('Model name must be alphanumeric')
  if (Object.values(modelsOf(record)).some((other) => other.Name === Name && other.ModelId !== modelId)) throw conflict(`Model name already exists for this API: ${Name}`)
  if (Buffer.byteLength(Schema) > MAX_SCHEMA_BYTES || !isSchema(parsed(Schema))) throw badRequest(`Invalid model specified: Validation Result: warnings : [], errors : [Invalid model schema specified]`)
}
