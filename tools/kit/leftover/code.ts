import { paginateListObjectsV2, type _Object } from '@aws-sdk/client-s3'
import { unless } from '../../verify/aws.ts'
import type { Clients } from './clients.ts'
import { codeCost } from './cost.ts'
import type { Leftover } from './find.ts'
import { inTurn } from './in-turn.ts'
import { ownerByName, type Owner } from './names.ts'

/** A template of the chat has about 15 KB; larger files in the bucket are somebody else's. */
const MOST_TEMPLATE_BYTES = 200_000
const AT_A_TIME = 8

type Template = { key: string, owner?: Owner, uses: string[] }

/**
 * What deploys have uploaded to the bucket of `cdk bootstrap`, which everyone in the account shares: each deploy leaves its template there, and
 * the template says whose it is and which packages it uses. A package that another template uses too stays.
 */
export async function findCode(clients: Clients): Promise<Leftover[]> {
  const objects = await listed(clients)
  const bytes = new Map(objects.map(({ Key, Size = 0 }) => [Key!, Size]))
  const templates = await inTurn(AT_A_TIME, objects.filter(isTemplate), ({ Key }) => readTemplate(clients, Key!))

  const keys = new Set(templates.flatMap(({ key, owner, uses }) => owner ? [key, ...uses] : []))
  return [...keys].flatMap((key): Leftover[] => {
    const users = templates.filter((one) => one.key === key || one.uses.includes(key))
    if (!bytes.has(key) || users.some(({ owner }) => !owner)) return []
    const [suffix, ...alsoOf] = new Set(users.map(({ owner }) => owner!.suffix))
    return [{ kind: 'code', name: `s3://${clients.bucket}/${key}`, id: key, by: 'use', suffix, alsoOf, cost: codeCost(bytes.get(key)!) }]
  })
}

const isTemplate = ({ Key = '', Size = 0 }: _Object) => Key.endsWith('.json') && Size <= MOST_TEMPLATE_BYTES

async function listed({ s3, bucket }: Clients): Promise<_Object[]> {
  const found: _Object[] = []
  const read = async () => {
    for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket })) found.push(...Contents)
  }
  await unless(['NoSuchBucket', 'AccessDenied'], read()) // not bootstrapped, or not ours to look at
  return found
}

async function readTemplate({ s3, bucket }: Clients, key: string): Promise<Template> {
  const text = await unless(['NoSuchKey', 'AccessDenied'], s3.getObject({ Bucket: bucket, Key: key }).then(({ Body }) => Body!.transformToString()))
  const resources = Object.values(resourcesIn(text))
  const stack = resources.map(({ Metadata }) => Metadata?.['aws:cdk:path']?.split('/')[0]).find(Boolean)
  return {
    key,
    owner: stack === undefined ? undefined : ownerByName('stack', stack),
    uses: resources.map(({ Properties }) => Properties?.Code?.S3Key).filter((one) => typeof one === 'string'),
  }
}

type Resource = { Metadata?: Record<string, string>, Properties?: { Code?: { S3Key?: unknown } } }

function resourcesIn(text = ''): Record<string, Resource> {
  try {
    return JSON.parse(text).Resources ?? {}
  } catch {
    return {} // a file of somebody else that is not JSON
  }
}
