import { ApiGatewayManagementApi } from '@aws-sdk/client-apigatewaymanagementapi'
import { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2'
import { CloudFormation } from '@aws-sdk/client-cloudformation'
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs'
import { DynamoDB } from '@aws-sdk/client-dynamodb'
import { IAM } from '@aws-sdk/client-iam'
import { Lambda } from '@aws-sdk/client-lambda'
import type { ChosenCloud } from '../lib/cloud.ts'

/** The SDK clients that verify looks through; each one is made when it is first used. */
export type Aws = {
  readonly apigatewayv2: ApiGatewayV2
  readonly cloudformation: CloudFormation
  readonly dynamodb: DynamoDB
  readonly iam: IAM
  readonly lambda: Lambda
  readonly logs: CloudWatchLogs
  /** the `@connections` API of one stage */
  connections(apiId: string, stage: string): ApiGatewayManagementApi
  close(): void
}

export function openAws({ client, managementEndpoint }: ChosenCloud): Aws {
  const open: { destroy(): void }[] = []
  const lazy = <T extends { destroy(): void }>(make: () => T) => {
    let made: T | undefined
    return () => {
      if (!made) open.push(made = make())
      return made
    }
  }
  const apigatewayv2 = lazy(() => new ApiGatewayV2(client))
  const cloudformation = lazy(() => new CloudFormation(client))
  const dynamodb = lazy(() => new DynamoDB(client))
  const iam = lazy(() => new IAM(client))
  const lambda = lazy(() => new Lambda(client))
  const logs = lazy(() => new CloudWatchLogs(client))
  const connections = new Map<string, () => ApiGatewayManagementApi>()

  return {
    get apigatewayv2() { return apigatewayv2() },
    get cloudformation() { return cloudformation() },
    get dynamodb() { return dynamodb() },
    get iam() { return iam() },
    get lambda() { return lambda() },
    get logs() { return logs() },
    connections(apiId, stage) {
      const endpoint = managementEndpoint(apiId, stage)
      if (!connections.has(endpoint)) connections.set(endpoint, lazy(() => new ApiGatewayManagementApi({ ...client, endpoint })))
      return connections.get(endpoint)!()
    },
    close() {
      for (const one of open) one.destroy()
    },
  }
}

/** What `promise` answers, or undefined where AWS says with one of `names` that there is no such thing. */
export async function unless<T>(names: string | string[], promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise
  } catch (error) {
    if ([names].flat().includes(nameOf(error))) return undefined
    throw error
  }
}

/** SDK v3 errors are told apart by `name`; there is no `statusCode` (B7). */
export const nameOf = (error: unknown) => error instanceof Error ? error.name : typeof error

const DENIED = /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|AuthorizationError|Forbidden)$/
/** The caller itself may not do that: says nothing about the participant's work. */
export const isDenied = (error: unknown) => DENIED.test(nameOf(error))

const SIGNED_OUT = /^(ExpiredToken(Exception)?|TokenRefreshRequired|RequestExpired|CredentialsProviderError|UnrecognizedClient(Exception)?|InvalidClientTokenId)$/
/** The caller's credentials have stopped working: every further call would say the same, whatever it looks at. */
export const isSignedOut = (error: unknown) => SIGNED_OUT.test(nameOf(error))
