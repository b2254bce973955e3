import { paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs'
import { paginateDescribeStacks, type Stack } from '@aws-sdk/client-cloudformation'
import { paginateListTables } from '@aws-sdk/client-dynamodb'
import { paginateListRoles } from '@aws-sdk/client-iam'
import { paginateListFunctions, type FunctionConfiguration } from '@aws-sdk/client-lambda'
import { unless, type Aws } from '../../verify/aws.ts'
import { functionIn, webSocketApis } from '../../verify/read-chat.ts'
import { findCode } from './code.ts'
import type { Clients } from './clients.ts'
import { logCost, noCost, tableCost, type Cost } from './cost.ts'
import { ownerByName, ownerByTag, type Kind, type Owner } from './names.ts'

/** Something of a chat that is still in the account. */
export type Leftover = Owner & {
  kind: Kind
  name: string
  /** by which AWS finds it again: an ARN, an id, a name, or a key in the bucket */
  id: string
  /** by what it is known to be a chat's */
  by: 'name' | 'tag' | 'use'
  cost: Cost
  /** other suffixes whose chats use it too, so that it has to stay as long as they do */
  alsoOf?: (string | undefined)[]
}

/** What one participant leaves behind, of all that was found. */
export const ofSuffix = (leftovers: Leftover[], suffix: string | undefined) => leftovers.filter((one) => one.suffix === suffix && !one.alsoOf?.length)

/** Tags are asked for one by one, so in an account full of other things only this many are looked at. */
const MOST_TAGS = 200

/**
 * Everything of any chat in the account and region, of all suffixes: by name; by the tag of the stack that made it; and what a chat's function is
 * wired to (its role, its table, the API that leads to it), whatever that is called. Only reads.
 */
export async function findLeftovers(clients: Clients): Promise<Leftover[]> {
  const { aws } = clients
  const [stacks, functions, apis, tables, roles, groups, code] = await Promise.all([
    all(paginateDescribeStacks({ client: aws.cloudformation }, {}), ({ Stacks }) => Stacks),
    all(paginateListFunctions({ client: aws.lambda }, {}), ({ Functions }) => Functions),
    webSocketApis(aws),
    all(paginateListTables({ client: aws.dynamodb }, {}), ({ TableNames }) => TableNames),
    all(paginateListRoles({ client: aws.iam }, {}), ({ Roles }) => Roles),
    all(paginateDescribeLogGroups({ client: aws.logs }, { logGroupNamePrefix: '/aws/lambda/' }), ({ logGroups }) => logGroups),
    findCode(clients),
  ])
  const chatFunctions = await ownedFunctions(aws, functions)

  return [
    ...stacks.flatMap((stack) => stackOf(stack)),
    ...await ownedApis(aws, apis, chatFunctions),
    ...chatFunctions.map(({ FunctionName, by, suffix }) => ({ kind: 'function' as const, name: FunctionName!, id: FunctionName!, by, suffix, cost: noCost })),
    ...await ownedTables(aws, tables, chatFunctions),
    ...ownedRoles(roles.map(({ RoleName }) => RoleName!), chatFunctions, functions),
    ...groups.flatMap(({ logGroupName: name = '', storedBytes = 0 }) => {
      const owner = ownerByName('log group', name) ?? chatFunctions.find(({ FunctionName }) => name === `/aws/lambda/${FunctionName}`)
      return owner ? [{ kind: 'log group' as const, name, id: name, by: 'name' as const, suffix: owner.suffix, cost: logCost(storedBytes) }] : []
    }),
    ...code,
  ]
}

type Owned = Owner & { by: Leftover['by'] }
type ChatFunction = FunctionConfiguration & Owned

const owned = (owner: Owner | undefined, by: Leftover['by']): Owned | undefined => owner && { suffix: owner.suffix, by }

function stackOf({ StackName: name = '', StackId: id = '' }: Stack): Leftover[] {
  const owner = ownerByName('stack', name)
  return owner ? [{ kind: 'stack', name, id, by: 'name', suffix: owner.suffix, cost: noCost }] : []
}

async function ownedFunctions(aws: Aws, functions: FunctionConfiguration[]): Promise<ChatFunction[]> {
  const found = await Promise.all(functions.map(async (one, index) => {
    const by = owned(ownerByName('function', one.FunctionName!), 'name')
      ?? (index < MOST_TAGS ? owned(ownerByTag((await unless(CANNOT, aws.lambda.listTags({ Resource: one.FunctionArn! })))?.Tags), 'tag') : undefined)
    return by && { ...one, ...by }
  }))
  return found.filter((one) => one !== undefined)
}

async function ownedApis(aws: Aws, apis: { ApiId?: string, Name?: string, Tags?: Record<string, string> }[], functions: ChatFunction[]): Promise<Leftover[]> {
  const found = await Promise.all(apis.map(async ({ ApiId, Name, Tags }): Promise<Leftover[]> => {
    const by = owned(ownerByName('API', Name!), 'name') ?? owned(ownerByTag(Tags), 'tag') ?? await leadsTo(aws, ApiId!, functions)
    return by ? [{ kind: 'API', name: `${Name} (${ApiId})`, id: ApiId!, ...by, cost: noCost }] : []
  }))
  return found.flat()
}

async function leadsTo(aws: Aws, ApiId: string, functions: ChatFunction[]): Promise<Owned | undefined> {
  if (functions.length === 0) return undefined
  const { Items = [] } = await unless(CANNOT, aws.apigatewayv2.getIntegrations({ ApiId, MaxResults: '100' })) ?? {}
  const names = Items.map(({ IntegrationUri }) => functionIn(IntegrationUri))
  return owned(functions.find(({ FunctionName }) => names.includes(FunctionName)), 'use')
}

async function ownedTables(aws: Aws, tables: string[], functions: ChatFunction[]): Promise<Leftover[]> {
  const found = await Promise.all(tables.map(async (name, index): Promise<Leftover[]> => {
    const user = functions.find(({ Environment }) => Environment?.Variables?.TABLE_NAME === name)
    const known = owned(ownerByName('table', name), 'name') ?? owned(user, 'use')
    const table = known || index < MOST_TAGS ? (await unless(CANNOT, aws.dynamodb.describeTable({ TableName: name })))?.Table : undefined
    if (!table) return []

    const by = known ?? owned(ownerByTag(await tagsOfTable(aws, table.TableArn!)), 'tag')
    const { ReadCapacityUnits = 0, WriteCapacityUnits = 0 } = table.ProvisionedThroughput ?? {}
    return by ? [{ kind: 'table', name, id: name, ...by, cost: tableCost({ bytes: table.TableSizeBytes ?? 0, provisioned: ReadCapacityUnits + WriteCapacityUnits }) }] : []
  }))
  return found.flat()
}

async function tagsOfTable(aws: Aws, ResourceArn: string) {
  const { Tags = [] } = await unless(CANNOT, aws.dynamodb.listTagsOfResource({ ResourceArn })) ?? {}
  return Object.fromEntries(Tags.map(({ Key, Value }) => [Key!, Value!]))
}

const roleOf = ({ Role = '' }: FunctionConfiguration) => Role.split('/').at(-1)!

/** A role that another function works with too is not the chat's to remove, whatever made it. */
function ownedRoles(roles: string[], chatFunctions: ChatFunction[], functions: FunctionConfiguration[]): Leftover[] {
  const others = functions.filter((one) => !chatFunctions.some(({ FunctionName }) => FunctionName === one.FunctionName)).map(roleOf)
  return roles.filter((name) => !others.includes(name)).flatMap((name): Leftover[] => {
    const by = owned(ownerByName('role', name), 'name') ?? owned(chatFunctions.find((one) => roleOf(one) === name), 'use')
    return by ? [{ kind: 'role', name, id: name, ...by, cost: noCost }] : []
  })
}

/** Gone in the meantime, or nobody lets us look: then it is not ours to remove. */
const CANNOT = ['NotFoundException', 'ResourceNotFoundException', 'AccessDeniedException', 'AccessDenied']

async function all<P, T>(pages: AsyncIterable<P>, items: (page: P) => T[] | undefined): Promise<T[]> {
  const found: T[] = []
  for await (const page of pages) found.push(...items(page) ?? [])
  return found
}
