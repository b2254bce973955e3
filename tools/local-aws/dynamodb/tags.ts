import type { Cloud } from '../cloud.ts'
import type { Operations } from '../service.ts'
import type { Place } from '../store.ts'
import type { Tag } from './dynalite.ts'
import type { Json } from './engine.ts'
import { tableName } from './items.ts'
import { onTable } from './tables.ts'

/** Tags of tables, kept with the table. */
export const tagOperations = (cloud: Cloud, place: Place): Operations<'dynamodb'> => {
  const named = ({ ResourceArn = '' }: Json) => tableName(ResourceArn, place)

  return {
    TagResource: onTable(cloud, place, async (engine, input) => {
      await engine.editTable(named(input), (table) => {
        const added: Tag[] = input.Tags
        const kept = (table.local?.tags ?? []).filter(({ Key }) => !added.some((tag) => tag.Key === Key))
        table.local = { ...table.local, tags: [...kept, ...added] }
      })
      return {}
    }),

    UntagResource: onTable(cloud, place, async (engine, input) => {
      await engine.editTable(named(input), (table) => {
        table.local = { ...table.local, tags: (table.local?.tags ?? []).filter(({ Key }) => !input.TagKeys.includes(Key)) }
      })
      return {}
    }),

    ListTagsOfResource: onTable(cloud, place, async (engine, input) => ({ Tags: (await engine.table(named(input))).local?.tags ?? [] })),
  }
}
