import { invalidInput, quotaExceeded } from '../errors.ts'
import type { Tag } from '../state.ts'

const TAGS_PER_ENTITY = 50

/** The tags of a request. Keys are unique without regard to case, as in IAM. */
export function tagsOf(tags: { Key?: string, Value?: string }[] | undefined): Tag[] {
  const given = (tags ?? []).map(({ Key = '', Value = '' }) => ({ Key, Value }))
  if (new Set(given.map(({ Key }) => Key.toLowerCase())).size < given.length)
    throw invalidInput('Duplicate tag keys found. Please note that Tag keys are case insensitive.')
  if (given.length > TAGS_PER_ENTITY) throw quotaExceeded('TagsPerEntity', TAGS_PER_ENTITY)
  return given
}

export function withTags(current: Tag[], added: Tag[]): Tag[] {
  const keys = new Set(added.map(({ Key }) => Key.toLowerCase()))
  return tagsOf([...current.filter(({ Key }) => !keys.has(Key.toLowerCase())), ...added])
}

export function withoutTags(current: Tag[], keys: string[] = []): Tag[] {
  const removed = new Set(keys.map((key) => key.toLowerCase()))
  return current.filter(({ Key }) => !removed.has(Key.toLowerCase()))
}
