import type { Route, Stage } from '@aws-sdk/client-apigatewayv2'
import type { ChosenCloud } from '../lib/cloud.ts'
import type { FunctionFacts, RouteFacts, StackFacts, StageFacts, TableFacts } from '../mistakes/evidence.ts'
import { isDenied, unless, type Aws } from './aws.ts'
import { invokePermission, type Statement } from './policies.ts'

export async function readStack(aws: Aws, name: string): Promise<StackFacts | undefined> {
  try {
    const stack = (await aws.cloudformation.describeStacks({ StackName: name })).Stacks?.[0]
    if (!stack || stack.StackStatus === 'REVIEW_IN_PROGRESS') return undefined

    const { StackResources = [] } = await aws.cloudformation.describeStackResources({ StackName: name })
    return {
      name, status: stack.StackStatus!, statusReason: stack.StackStatusReason,
      outputs: Object.fromEntries((stack.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey!, OutputValue!])),
      resources: StackResources
        .filter(({ ResourceStatus, PhysicalResourceId }) => PhysicalResourceId && ResourceStatus !== 'DELETE_COMPLETE')
        .map(({ LogicalResourceId, ResourceType, PhysicalResourceId }) => ({ logicalId: LogicalResourceId!, type: ResourceType!, physicalId: PhysicalResourceId! })),
    }
  } catch (error) {
    // "Stack with id X does not exist" is a ValidationError; a chat made by hand may belong to someone without CloudFormation rights.
    if (isDenied(error) || error instanceof Error && /does not exist/.test(error.message)) return undefined
    throw error
  }
}

export async function webSocketApis(aws: Aws) {
  const apis = await pages((NextToken) => aws.apigatewayv2.getApis({ NextToken, MaxResults: '100' }))
  return apis.filter(({ ProtocolType }) => ProtocolType === 'WEBSOCKET')
}

export async function readRoutes(aws: Aws, cloud: ChosenCloud, apiId: string): Promise<RouteFacts[]> {
  const [routes, integrations] = await Promise.all([
    pages<Route>((NextToken) => aws.apigatewayv2.getRoutes({ ApiId: apiId, NextToken, MaxResults: '100' })),
    pages((NextToken) => aws.apigatewayv2.getIntegrations({ ApiId: apiId, NextToken, MaxResults: '100' })),
  ])
  const policies = new Map<string, Promise<Statement[] | undefined>>()
  const policyOf = (name: string) => {
    if (!policies.has(name)) policies.set(name, readFunctionPolicy(aws, name))
    return policies.get(name)!
  }

  return Promise.all(routes.map(async ({ RouteId, RouteKey, Target, AuthorizationType }) => {
    const integration = integrations.find(({ IntegrationId }) => Target === `integrations/${IntegrationId}`)
    const functionName = functionIn(integration?.IntegrationUri)
    const statements = functionName && !integration?.CredentialsArn ? await policyOf(functionName) : undefined
    return {
      id: RouteId!, key: RouteKey!, functionName, authorization: AuthorizationType,
      integration: integration && { id: integration.IntegrationId!, type: integration.IntegrationType!, uri: integration.IntegrationUri },
      mayInvoke: statements && invokePermission(statements, { ...cloud, apiId, routeKey: RouteKey! }),
    }
  }))
}

/** `arn:aws:apigateway:REG:lambda:path/2015-03-31/functions/ARN/invocations` holds the function's ARN, maybe with an alias (C3.8). */
export const functionIn = (uri: string | undefined) => uri?.match(/:function:([A-Za-z0-9-_]+)(?::[^/]+)?\/invocations$/)?.[1]

/** An empty list where the function has no policy, undefined where it is missing or nobody lets us read it. */
async function readFunctionPolicy(aws: Aws, functionName: string): Promise<Statement[] | undefined> {
  try {
    const { Policy } = await aws.lambda.getPolicy({ FunctionName: functionName })
    return [JSON.parse(Policy!).Statement].flat()
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return []
    if (isDenied(error)) return undefined
    throw error
  }
}

export async function readStages(aws: Aws, apiId: string): Promise<StageFacts[]> {
  const [stages, deployments] = await Promise.all([
    pages<Stage>((NextToken) => aws.apigatewayv2.getStages({ ApiId: apiId, NextToken, MaxResults: '100' })),
    pages((NextToken) => aws.apigatewayv2.getDeployments({ ApiId: apiId, NextToken, MaxResults: '100' })),
  ])
  return stages.map(({ StageName, AutoDeploy, DeploymentId, LastDeploymentStatusMessage }) => ({
    name: StageName!, autoDeploy: AutoDeploy ?? false, deploymentId: DeploymentId, lastDeploymentStatusMessage: LastDeploymentStatusMessage,
    deployedAt: deployments.find((deployment) => deployment.DeploymentId === DeploymentId)?.CreatedDate?.toISOString(),
  }))
}

export async function readFunction(aws: Aws, name: string): Promise<FunctionFacts | undefined> {
  const found = await unless('ResourceNotFoundException', aws.lambda.getFunctionConfiguration({ FunctionName: name }))
  return found && {
    name: found.FunctionName!, arn: found.FunctionArn!, state: found.State ?? 'Active', lastUpdateStatus: found.LastUpdateStatus,
    runtime: found.Runtime ?? '', handler: found.Handler ?? '', role: found.Role!, timeoutSeconds: found.Timeout ?? 3,
    environment: { ...found.Environment?.Variables },
  }
}

export async function functionsKnowing(aws: Aws, table: string): Promise<string[]> {
  const all = await pages(async (Marker) => {
    const { Functions, NextMarker } = await aws.lambda.listFunctions({ Marker })
    return { Items: Functions, NextToken: NextMarker }
  })
  return all.filter(({ Environment }) => Environment?.Variables?.TABLE_NAME === table).map(({ FunctionName }) => FunctionName!)
}

export async function readTable(aws: Aws, name: string): Promise<TableFacts | undefined> {
  const found = (await unless(['ResourceNotFoundException', 'ValidationException'], aws.dynamodb.describeTable({ TableName: name })))?.Table
  return found && {
    name: found.TableName!, status: found.TableStatus!,
    keys: found.KeySchema!.map(({ AttributeName, KeyType }) => ({
      name: AttributeName!, role: KeyType!, type: found.AttributeDefinitions?.find((one) => one.AttributeName === AttributeName)?.AttributeType ?? '?',
    })),
  }
}

async function pages<T>(read: (token: string | undefined) => Promise<{ Items?: T[], NextToken?: string }>): Promise<T[]> {
  const all: T[] = []
  let token: string | undefined
  do {
    const { Items = [], NextToken } = await read(token)
    all.push(...Items)
    token = NextToken
  } while (token)
  return all
}
