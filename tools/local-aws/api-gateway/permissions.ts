import type { Context, Permission } from '../service.ts'

type Id = 'ApiId' | 'ModelId' | 'RouteId' | 'RouteResponseId' | 'IntegrationId' | 'IntegrationResponseId' | 'StageName' | 'DeploymentId' | 'AuthorizerId' | 'RouteKey' | 'ResourceArn'
type Ids = { [K in Id]?: string }

const METHODS: Record<string, string> = { Create: 'POST', Get: 'GET', Update: 'PATCH', Delete: 'DELETE' }

/** The path of what an operation is about, without its verb. Ids are there or not as the operation has them. */
const PATHS: Record<string, (ids: Ids) => (string | undefined)[]> = {
  Api: (ids) => ['apis', ids.ApiId],
  Route: (ids) => ['apis', ids.ApiId, 'routes', ids.RouteId],
  RouteResponse: (ids) => ['apis', ids.ApiId, 'routes', ids.RouteId, 'routeresponses', ids.RouteResponseId],
  Integration: (ids) => ['apis', ids.ApiId, 'integrations', ids.IntegrationId],
  IntegrationResponse: (ids) => ['apis', ids.ApiId, 'integrations', ids.IntegrationId, 'integrationresponses', ids.IntegrationResponseId],
  Stage: (ids) => ['apis', ids.ApiId, 'stages', ids.StageName],
  RouteSettings: (ids) => ['apis', ids.ApiId, 'stages', ids.StageName, 'routesettings', ids.RouteKey],
  AccessLogSettings: (ids) => ['apis', ids.ApiId, 'stages', ids.StageName, 'accesslogsettings'],
  Deployment: (ids) => ['apis', ids.ApiId, 'deployments', ids.DeploymentId],
  Authorizer: (ids) => ['apis', ids.ApiId, 'authorizers', ids.AuthorizerId],
  Model: (ids) => ['apis', ids.ApiId, 'models', ids.ModelId],
  ModelTemplate: (ids) => ['apis', ids.ApiId, 'models', ids.ModelId, 'template'],
}

/**
 * `apigateway:METHOD` on the path that the operation has on the wire; the ARN names no account (C1.5).
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-iam-policy-examples.html
 */
export function permissions(operation: string, ids: Ids, { region }: Context): Permission[] {
  const { method, path } = request(operation, ids)
  return [{ action: `apigateway:${method}`, resource: `arn:aws:apigateway:${region}::/${path}` }]
}

function request(operation: string, ids: Ids) {
  const tagging = { TagResource: 'POST', GetTags: 'GET', UntagResource: 'DELETE' }[operation]
  if (tagging) return { method: tagging, path: `tags/${encodeURIComponent(ids.ResourceArn ?? '')}` }

  const [, verb, subject] = /^(Create|Get|Update|Delete)(\w+)$/.exec(operation) ?? []
  const isCollection = verb === 'Create' || (verb === 'Get' && !PATHS[subject!])
  const parts = PATHS[isCollection && verb === 'Get' ? subject!.replace(/s$/, '') : subject!]!(ids).filter((part) => part !== undefined)
  // CreateStage carries the new stage's name, yet posts to the collection.
  return { method: METHODS[verb!]!, path: (verb === 'Create' && subject === 'Stage' ? parts.slice(0, 3) : parts).join('/') }
}
