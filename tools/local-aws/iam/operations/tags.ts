import { violation } from '../constraints.ts'
import { invalidInput } from '../errors.ts'
import type { Tag } from '../state.ts'

const MOST_TAGS = 50
const KEY = { maxLength: 128, pattern: '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+' }
const VALUE_LENGTH = 256

type Given = { Key?: string, Value?: string }

/** The keys of a role's or user's tags are the same in upper and lower case; those of a policy are not. */
export type TagRules = { ignoreCase: boolean }

/** The tags of a request, checked. */
export function tagsOf(given: Given[] | undefined, { ignoreCase }: TagRules): Tag[] {
  const tags = (given ?? []).map(({ Key = '', Value = '' }) => ({ Key, Value }))
  checkCount(tags)
  tags.forEach(checkTag)
  if (new Set(tags.map(({ Key }) => folded(Key, ignoreCase))).size < tags.length)
    throw invalidInput(`Duplicate tag keys found.${ignoreCase ? ' Please note that Tag keys are case insensitive.' : ''}`)
  return tags
}

/** `current` with the tags of a request: a known key gets the new value in its old place. */
export function withTags(current: Tag[], given: Given[] | undefined, rules: TagRules): Tag[] {
  const added = new Map(tagsOf(given, rules).map((tag) => [folded(tag.Key, rules.ignoreCase), tag]))
  const updated = current.map((tag) => {
    const key = folded(tag.Key, rules.ignoreCase)
    const replacement = added.get(key) ?? tag
    added.delete(key)
    return replacement
  })
  const tags = [...updated, ...added.values()]
  checkCount(tags)
  return tags
}

export function withoutTags(current: Tag[], keys: string[] = [], { ignoreCase }: TagRules): Tag[] {
  const removed = new Set(keys.map((key) => folded(key, ignoreCase)))
  return current.filter(({ Key }) => !removed.has(folded(Key, ignoreCase)))
}

const folded = (key: string, ignoreCase: boolean) => ignoreCase ? key.toLowerCase() : key

function checkCount(tags: Tag[]) {
  if (tags.length > MOST_TAGS) throw violation("Value at 'tags'", `Member must have length less than or equal to ${MOST_TAGS}`)
}

function checkTag({ Key, Value }: Tag, index: number) {
  const at = (member: string) => `Value at 'tags.${index + 1}.member.${member}'`
  if (Key.length > KEY.maxLength) throw violation(at('key'), `Member must have length less than or equal to ${KEY.maxLength}`)
  if (!new RegExp(`^${KEY.pattern}$`, 'u').test(Key)) throw violation(at('key'), `Member must satisfy regular expression pattern: ${KEY.pattern}`)
  if (Value.length > VALUE_LENGTH) throw violation(at('value'), `Member must have length less than or equal to ${VALUE_LENGTH}`)
}
