import type { ChosenCloud } from '../lib/cloud.ts'
import { KitError } from '../lib/kit-error.ts'
import type { ChatFacts, ApiFacts, FunctionFacts, FunctionName, RouteFacts, StackFacts, StageFacts, TableFacts } from '../mistakes/evidence.ts'
import { unless, type Aws } from './aws.ts'
import { functionsKnowing, readFunction, readRoutes, readStack, readStages, readTable, webSocketApis } from './read-chat.ts'

/** The participant's resources, each looked up once per run. Undefined: there is no such thing (yet). */
export type Chat = {
  /** The names of the seed, with the suffix where there is one. */
  names: Record<'stack' | 'api' | 'table' | FunctionName, string>
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

/** Names of stages and APIs begin so while verify owns them. */
export const PROBE_PREFIX = 'verify-'

/** The functions of all steps, with the route that leads to each. */
export const ROUTE_OF: Record<FunctionName, string> = {
  putConnectedClientToDDB: '$connect', sendMessageToConnectedClient: 'sendMessage', removeDisconnectedClient: '$disconnect', sayGoodbye: 'leave',
  understandPlainText: '$default',
}
export const functionNames = Object.keys(ROUTE_OF) as FunctionName[]

/**
 * Finds the chat: what the stack made, else what is wired together (API, its `$connect` integration, function, `TABLE_NAME`, table). Names only
 * break ties, so a chat made by hand is found whatever it is called.
 * @param apiId which API to take; without it several candidates throw a KitError that lists them
 */
export function findChat({ aws, cloud, apiId }: { aws: Aws, cloud: ChosenCloud, apiId?: string }): Chat {
  const suffixed = (name: string) => cloud.suffix ? `${name}-${cloud.suffix}` : name
  const names = {
    stack: suffixed('ChatStack'), api: suffixed('My Chat API'), table: suffixed('WebsocketConnection'),
    ...Object.fromEntries(functionNames.map((name) => [name, suffixed(name)])) as Record<FunctionName, string>,
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
      : onlyOne((await webSocketApis(aws)).filter(({ Name }) => !Name?.startsWith(PROBE_PREFIX)), names.api)
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
    const all = (await stages()).filter(({ name }) => !name.startsWith(PROBE_PREFIX))
    const made = await fromStack('AWS::ApiGatewayV2::Stage')
    return facts.stage = all.find(({ name }) => name === (made ?? 'beta')) ?? all.find(({ deploymentId }) => deploymentId) ?? all[0]
  })

  const functions = new Map<FunctionName, () => Promise<FunctionFacts | undefined>>()
  const functionOf = (name: FunctionName) => async () => {
    const wired = async () => (await routes()).find(({ key }) => key === ROUTE_OF[name])?.functionName
    const actual = await fromStack('AWS::Lambda::Function', name) ?? await wired() ?? names[name]
    return facts.functions[name] = await readFunction(aws, actual) ?? await besides(name)
  }
  /** Not wired yet and called otherwise: the one other function that works with the same table and that no route leads to. */
  const besides = async (name: FunctionName) => {
    if (name !== 'sendMessageToConnectedClient') return undefined
    const connect = await lookUp('putConnectedClientToDDB')
    const { TABLE_NAME } = connect?.environment ?? {}
    const taken = [...(await routes()).map(({ functionName }) => functionName), ...Object.values(names)]
    const others = TABLE_NAME ? (await functionsKnowing(aws, TABLE_NAME)).filter((other) => other !== connect!.name && !taken.includes(other)) : []
    return others.length === 1 ? readFunction(aws, others[0]!) : undefined
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

const SUFFIXED_API = /^My Chat API-[a-z0-9]{1,12}$/

function onlyOne<T extends { ApiId?: string, Name?: string }>(candidates: T[], name: string): T | undefined {
  const named = candidates.filter(({ Name }) => Name === name)
  // In a shared account the others' APIs are named after their suffixes, and are nobody else's.
  const left = named.length > 0 ? named : candidates.filter(({ Name = '' }) => !SUFFIXED_API.test(Name))
  if (left.length <= 1) return left[0]

  throw new KitError({
    what: `There are ${left.length} WebSocket APIs that could be yours: ${left.map(({ ApiId, Name }) => `${ApiId} ("${Name}")`).join(', ')}.`,
    where: 'API Gateway',
    next: `Say which: npm run verify api=${left[0]!.ApiId}`,
  })
}
