import type { CreateAuthorizerRequest } from '@aws-sdk/client-apigatewayv2'
import type { Operations } from '../service.ts'
import { badRequest, conflict, notFound } from './errors.ts'
import { newId } from './ids.ts'
import { page } from './paging.ts'
import type { Apis } from './place.ts'
import { mustHaveRoom } from './quotas.ts'
import { given, merge, own, type ApiRecord } from './records.ts'

type Wish = Partial<Omit<CreateAuthorizerRequest, 'ApiId'>>

/** Lambda authorizers (REQUEST) of `$connect`. @see A11, C4.8 (facts) */
export function authorizers(apis: Apis): Operations<'apigatewayv2'> {
  return {
    CreateAuthorizer({ ApiId, ...wish }) {
      const record = apis.get(ApiId)
      check(wish)
      mustHaveRoom('Authorizers', record.authorizers)

      const AuthorizerId = newId(6, record.authorizers)
      record.authorizers[AuthorizerId] = { AuthorizerId, ...given(wish) }
      apis.reconfigured(record)
      return { ...record.authorizers[AuthorizerId] }
    },
    GetAuthorizer: ({ ApiId, AuthorizerId }) => ({ ...authorizerOf(apis.get(ApiId), AuthorizerId) }),
    GetAuthorizers: ({ ApiId, ...paging }) => page(Object.values(apis.get(ApiId).authorizers).map((authorizer) => ({ ...authorizer })), paging),
    UpdateAuthorizer({ ApiId, AuthorizerId, ...changes }) {
      const record = apis.get(ApiId)
      const authorizer = authorizerOf(record, AuthorizerId)
      check({ ...authorizer, ...given(changes) })

      merge(authorizer, changes, ['AuthorizerCredentialsArn', 'IdentitySource', 'IdentityValidationExpression'])
      apis.reconfigured(record)
      return { ...authorizer }
    },
    DeleteAuthorizer({ ApiId, AuthorizerId }) {
      const record = apis.get(ApiId)
      const { Name } = authorizerOf(record, AuthorizerId)
      const user = Object.values(record.routes).find(({ route }) => route.AuthorizerId === AuthorizerId)
      if (user) throw conflict(`Cannot delete authorizer '${Name}', is referenced in route: ${user.route.RouteKey}`)

      delete record.authorizers[AuthorizerId!]
      apis.reconfigured(record)
      return {}
    },
  }
}

export function authorizerOf(record: ApiRecord, authorizerId: string | undefined) {
  const found = own(record.authorizers, authorizerId)
  if (!found) throw notFound('Invalid Authorizer identifier specified')
  return found
}

function check({ Name, AuthorizerType, AuthorizerUri, AuthorizerCredentialsArn, ...wish }: Wish) {
  if (!Name) throw badRequest('Name is required')
  if (AuthorizerType !== 'REQUEST') throw badRequest('Invalid authorizer type. Only REQUEST authorizer type is supported on WEBSOCKET protocol Apis.')
  if (!AuthorizerUri) throw badRequest('AuthorizerUri is required')
  if (AuthorizerCredentialsArn && !/^arn:aws[\w-]*:iam::\d{12}:role\/.+/.test(AuthorizerCredentialsArn)) throw badRequest('Invalid role ARN')
  for (const name of ['AuthorizerPayloadFormatVersion', 'AuthorizerResultTtlInSeconds', 'EnableSimpleResponses'] as const)
    if (wish[name]) throw badRequest(`${name} cannot be set for WEBSOCKET protocol Apis.`)
}
