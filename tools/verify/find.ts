import type { Route, Stage } from '@aws-sdk/client-apigatewayv2'
import type { ChosenCloud } from '../lib/cloud.ts'
import { KitError } from '../lib/kit-error.ts'
import type { ApiFacts, ChatFacts, FunctionFacts, FunctionName, RouteFacts, StackFacts, StageFacts, TableFacts } from '../mistakes/evidence.ts'
import { isDenied, unless, type Aws } from './aws.ts'
import { invokePermission, type Statement } from './policies.ts'

/** The participant's resources, each looked up once per run. Undefined: there is no such thing (yet). */
export type Chat = {
  /** The names of the seed, with the suffix where there is one. */
  names: { stack: string, api: string, table: string, putConnectedClientToDDB: string, sendMessageToConnectedClient: string }
  stack(): Promise<StackFacts | undefined>
  api(): Promise<ApiFacts | undefined>
  routes(): Promise<RouteFacts[]>
  stages(): Promise<StageFacts[]>
  stage(): Promise<StageFacts | undefined>
  table(): Promise<TableFacts | undefined>
  function(name: FunctionName): Promise<FunctionFacts | undefined>
  /** What was looked up so far. */
  facts(): ChatFacts
}

/** Names begin so while verify owns them. */
export const PROBE_STAGE_PREFIX = 'verify-'

const ROUTE_OF: Record<FunctionName, string> = { putConnectedClientToDDB: '$connect', sendMessageToConnectedClient: 'sendMessage' }

/**
 * Finds the chat: what the stack made, else what is wired together (API, its `$connect` integration, function, `TABLE_NAME`, table). Names only
 * break ties, so a chat made by hand is found whatever it is called.
 * @param apiId which API to take; without it several candidates throw a KitError that lists them
 */
export function findChat({ aws, cloud, apiId }: { aws: Aws, cloud: ChosenCloud, apiId?: string }): Chat {
  const suffixed = (name: string) => cloud.suffix ? `${name}-${cloud.suffix}` : name
  const names = {
    stack: suffixed('ChatStack'), api: suffixed('My Chat API'), table: suffixed('WebsocketConnection'),
    putConnectedClientToDDB: suffixed('putConnectedClientToDDB'), sendMessageToConnectedClient: suffixed('sendMessageToConnectedClient'),
  }
  const facts: ChatFacts = { functions: {} }

  const stack = once(async () => facts.stack = apiId ? undefined : await readStack(aws, names.stack))
  const fromStack = async (type: string, named?: string) => {
    const ofType = (await stack())?.resources.filter((resource) => resource.type === type) ?? []
    return named === undefined ? ofType[0]?.physicalId : ofType.find(({ logicalId, physicalId }) => physicalId === suffixed(named) || logicalId.startsWith(named))?.physicalId
  }

  const api = once(async () => {
    const id = apiId ?? await fromStack('AWS::ApiGatewayV2::Api')
    const found = id
      ? await unless('NotFoundException', aws.apigatewayv2.getApi({ ApiId: id }))
      : onlyOne(await webSocketApis(aws), names.api)
    return facts.api = found && {
      id: found.ApiId!, name: found.Name!, endpoint: found.ApiEndpoint ?? '', routeSelectionExpression: found.RouteSelectionExpression!,
    }
  })

  const routes = once(async () => {
    const known = await api()
    return facts.routes = known ? await readRoutes(aws, cloud, known.id) : []
  })

  const stages = once(async () => {
    const known = await api()
    return facts.stages = known ? await readStages(aws, known.id) : []
  })

  const stage = once(async () => {
    const all = (await stages()).filter(({ name }) => !name.startsWith(PROBE_STAGE_PREFIX))
    const made = await fromStack('AWS::ApiGatewayV2::Stage')
    return facts.stage = all.find(({ name }) => name === (made ?? 'beta')) ?? all.find(({ deploymentId }) => deploymentId) ?? all[0]
  })

  const functions = new Map<FunctionName, () => Promise<FunctionFacts | undefined>>()
  const functionOf = (name: FunctionName) => async () => {
    const wired = async () => (await routes()).find(({ key }) => key === ROUTE_OF[name])?.functionName
    const actual = await fromStack('AWS::Lambda::Function', name) ?? await wired() ?? names[name]
    return facts.functions[name] = await readFunction(aws, actual)
  }
  const lookUp = (name: FunctionName) => {
    if (!functions.has(name)) functions.set(name, once(functionOf(name)))
    return functions.get(name)!()
  }

  const table = once(async () => {
    const made = await fromStack('AWS::DynamoDB::Table')
    if (made) return facts.table = await readTable(aws, made)

    const named = (await lookUp('putConnectedClientToDDB'))?.environment.TABLE_NAME
    return facts.table = named && await readTable(aws, named) || await readTable(aws, names.table)
  })

  return { names, stack, api, routes, stages, stage, table, function: lookUp, facts: () => structuredClone(facts) }
}

const once = <T>(look: () => Promise<T>) => {
  let found: Promise<T> | undefined
  return () => found ??= look()
}

async function readStack(aws: Aws, name: string): Promise<StackFacts | undefined> {
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

async function webSocketApis(aws: Aws) {
  const apis = await pages((NextToken) => aws.apigatewayv2.getApis({ NextToken, MaxResults: '100' }))
  return apis.filter(({ ProtocolType }) => ProtocolType === 'WEBSOCKET')
}

function onlyOne<T extends { ApiId?: string, Name?: string }>(candidates: T[], name: string): T | undefined {
  const named = candidates.filter(({ Name }) => Name === name)
  const left = named.length > 0 ? named : candidates
  if (left.length <= 1) return left[0]

  throw new KitError({
    what: `There are ${left.length} WebSocket APIs that could be yours: ${left.map(({ ApiId, Name }) => `${ApiId} ("${Name}")`).join(', ')}.`,
    where: 'API Gateway',
    next: `Say which: npm run verify api=${left[0]!.ApiId}`,
  })
}

async function readRoutes(aws: Aws, cloud: ChosenCloud, apiId: string): Promise<RouteFacts[]> {
  const [routes, integrations] = await Promise.all([
    pages<Route>((NextToken) => aws.apigatewayv2.getRoutes({ ApiId: apiId, NextToken, MaxResults: '100' })),
    pages((NextToken) => aws.apigatewayv2.getIntegrations({ ApiId: apiId, NextToken, MaxResults: '100' })),
  ])
  const policies = new Map<string, Promise<Statement[] | undefined>>()
  const policyOf = (name: string) => {
    if (!policies.has(name)) policies.set(name, readFunctionPolicy(aws, name))
    return policies.get(name)!
  }

  return Promise.all(routes.map(async ({ RouteId, RouteKey, Target }) => {
    const integration = integrations.find(({ IntegrationId }) => Target === `integrations/${IntegrationId}`)
    const functionName = functionIn(integration?.IntegrationUri)
    const statements = functionName && !integration?.CredentialsArn ? await policyOf(functionName) : undefined
    return {
      id: RouteId!, key: RouteKey!, functionName,
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

async function readStages(aws: Aws, apiId: string): Promise<StageFacts[]> {
  const [stages, deployments] = await Promise.all([
    pages<Stage>((NextToken) => aws.apigatewayv2.getStages({ ApiId: apiId, NextToken, MaxResults: '100' })),
    pages((NextToken) => aws.apigatewayv2.getDeployments({ ApiId: apiId, NextToken, MaxResults: '100' })),
  ])
  return stages.map(({ StageName, AutoDeploy, DeploymentId, LastDeploymentStatusMessage }) => ({
    name: StageName!, autoDeploy: AutoDeploy ?? false, deploymentId: DeploymentId, lastDeploymentStatusMessage: LastDeploymentStatusMessage,
    deployedAt: deployments.find((deployment) => deployment.DeploymentId === DeploymentId)?.CreatedDate?.toISOString(),
  }))
}

async function readFunction(aws: Aws, name: string): Promise<FunctionFacts | undefined> {
  const found = await unless('ResourceNotFoundException', aws.lambda.getFunctionConfiguration({ FunctionName: name }))
  return found && {
    name: found.FunctionName!, arn: found.FunctionArn!, state: found.State ?? 'Active', lastUpdateStatus: found.LastUpdateStatus,
    runtime: found.Runtime ?? '', handler: found.Handler ?? '', role: found.Role!, timeoutSeconds: found.Timeout ?? 3,
    environment: { ...found.Environment?.Variables },
  }
}

async function readTable(aws: Aws, name: string): Promise<TableFacts | undefined> {
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
