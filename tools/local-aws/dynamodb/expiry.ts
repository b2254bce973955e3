import { sleep } from '../clock.ts'
import type { Cloud } from '../cloud.ts'
import type { Place } from '../store.ts'
import type { TableRecord } from './dynalite.ts'
import type { Engine, Json } from './engine.ts'
import { engineOf } from './engines.ts'
import { runItemOperation } from './items.ts'

const HOUR_MS = 3_600_000
const FIVE_YEARS_S = 5 * 365 * 24 * 3_600

/**
 * Deletes expired items every hour, as long as the cloud runs (F.10). Until then they are there for everybody, as on AWS.
 *
 * Differs from AWS: it takes up to an hour, where AWS takes minutes to 48 hours.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
 */
export function expireHourly(cloud: Cloud, place: Place) {
  let isOver = false
  let running = Promise.resolve()
  cloud.onStop(() => {
    isOver = true
    return running // what it reads must not be closed meanwhile
  }, { early: true })

  async function goOn() {
    await sleep(cloud.clock, HOUR_MS)
    if (isOver) return
    // A disk that is full, say: the next hour will do.
    running = expireItems(cloud, place, () => isOver).catch(() => {})
    await running
    void goOn()
  }
  void goOn()
}

/** Deletes the items of every table that expired, until `isOver` says so. */
export async function expireItems(cloud: Cloud, place: Place, isOver = () => false) {
  const engine = await engineOf(cloud, place)
  for (const name of await engine.tableNames()) {
    const table = await engine.table(name)
    const { attribute = '', enabled = false } = table.local?.timeToLive ?? {}
    if (!enabled) continue

    for await (const item of expired(engine, table, attribute, Math.floor(cloud.clock.now() / 1_000))) {
      if (isOver()) return
      await remove(cloud, place, table, attribute, item)
    }
  }
}

/** Items whose attribute is a number of seconds that have passed, but not more than five years ago. */
async function* expired(engine: Engine, { TableName }: TableRecord, attribute: string, now: number): AsyncGenerator<Json> {
  let ExclusiveStartKey: Json | undefined
  do {
    const { Items, LastEvaluatedKey } = await engine.run('Scan', {
      TableName, ExclusiveStartKey, FilterExpression: 'attribute_type(#at, :number) AND #at BETWEEN :oldest AND :now', ExpressionAttributeNames: { '#at': attribute },
      ExpressionAttributeValues: { ':number': { S: 'N' }, ':oldest': { N: String(now - FIVE_YEARS_S) }, ':now': { N: String(now) } },
    })
    yield* Items
    ExclusiveStartKey = LastEvaluatedKey
  } while (ExclusiveStartKey)
}

/** Unless somebody has just given it another time. */
async function remove(cloud: Cloud, place: Place, table: TableRecord, attribute: string, item: Json) {
  const keys = (table.KeySchema as { AttributeName: string }[]).map(({ AttributeName }) => AttributeName)
  try {
    await runItemOperation(cloud, place, 'DeleteItem', {
      TableName: table.TableName, Key: Object.fromEntries(keys.map((key) => [key, item[key]])),
      ConditionExpression: '#at = :then', ExpressionAttributeNames: { '#at': attribute }, ExpressionAttributeValues: { ':then': item[attribute] },
    })
  } catch (error) {
    if ((error as Error).name !== 'ConditionalCheckFailedException') throw error
  }
}
