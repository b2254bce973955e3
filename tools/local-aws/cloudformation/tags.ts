import type { Tag } from '@aws-sdk/client-cloudformation'
import type { Request } from './resource-type.ts'

/** A type's Tags property, whichever of the two forms it has. */
type Own = Record<string, string> | readonly { Key: string, Value: string }[] | undefined

/** The stack's tags and a resource's own, which win. */
export const tagMap = ({ stackTags }: Pick<Request, 'stackTags'>, own: Own): Record<string, string> => ({ ...fromList(stackTags), ...asMap(own) })

/** The same as the list that many services want; undefined if there are none. */
export const tagList = (request: Pick<Request, 'stackTags'>, own: Own) => asList(tagMap(request, own))

/** What an update has to do about tags: `set` is undefined and `drop` is empty where there is nothing to do. */
export function tagChanges({ stackTags, previousStackTags }: Pick<Request, 'stackTags' | 'previousStackTags'>, before: Own, after: Own) {
  const old = tagMap({ stackTags: previousStackTags }, before)
  const wanted = tagMap({ stackTags }, after)
  const isNew = Object.entries(wanted).some(([key, value]) => old[key] !== value)
  return { set: isNew ? wanted : undefined, list: isNew ? asList(wanted) : undefined, drop: Object.keys(old).filter((key) => !(key in wanted)) }
}

const asMap = (own: Own = {}) => (Array.isArray(own) ? fromList(own) : own as Record<string, string>)
const fromList = (tags: readonly Tag[]) => Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])) as Record<string, string>
const asList = (tags: Record<string, string>) => {
  const list = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
  return list.length > 0 ? list : undefined
}
