import type { Operations } from '../service.ts'
import { findMapping, mappingArn } from './event-sources/state.ts'
import { notFound } from './errors.ts'
import { findFunction } from './function-store.ts'
import type { Lambda } from './lambda.ts'

/** Tags of functions and event source mappings; `Resource` is an ARN. */
export function tagOperations({ document, place }: Lambda) {
  const find = (arn = '') => {
    const id = /:event-source-mapping:([0-9a-f-]{36})$/.exec(arn)?.[1]
    if (id === undefined) return findFunction(document.data, place, arn)
    const isHere = arn === mappingArn(place, id) && document.data.eventSources?.some((mapping) => mapping.id === id)
    if (!isHere) throw notFound(`Event source mapping not found: ${arn}`)
    return findMapping(document.data, id)
  }
  return {
    ListTags: ({ Resource }) => ({ Tags: { ...find(Resource).tags } }),
    TagResource({ Resource, Tags }) {
      Object.assign(find(Resource).tags, Tags)
      document.changed()
      return {}
    },
    UntagResource({ Resource, TagKeys = [] }) {
      const { tags } = find(Resource)
      for (const key of TagKeys) delete tags[key]
      document.changed()
      return {}
    },
  } satisfies Operations<'lambda'>
}
