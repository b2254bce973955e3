import type { Operations } from '../service.ts'
import { findFunction } from './function-store.ts'
import type { Lambda } from './lambda.ts'

/** Tags of functions; `Resource` is a function's ARN. */
export function tagOperations({ document, place }: Lambda) {
  const find = (arn: string | undefined) => findFunction(document.data, place, arn)
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
