import { page } from '../page.ts'
import type { Entity, Iam } from '../state.ts'
import { checkBoundary } from './boundaries.ts'
import { withoutTags, withTags } from './tags.ts'

/** Tag keys of roles and users are the same in upper and lower case. */
export const ENTITY_TAGS = { ignoreCase: true }

/** What roles and users do alike with tags and the permissions boundary. */
export const entitySettings = (iam: Iam) => ({
  tag(entity: Entity, given: { Key?: string, Value?: string }[] | undefined) {
    const tags = withTags(entity.tags, given, ENTITY_TAGS)
    iam.changePolicies(() => { entity.tags = tags })
    return {}
  },

  untag(entity: Entity, keys: string[] | undefined) {
    iam.changePolicies(() => { entity.tags = withoutTags(entity.tags, keys, ENTITY_TAGS) })
    return {}
  },

  listTags(entity: Entity, paging: { Marker?: string, MaxItems?: number }) {
    const { items, paging: rest } = page(entity.tags, paging)
    return { Tags: items, ...rest }
  },

  setBoundary(entity: Entity, arn: string | undefined) {
    const boundary = checkBoundary(iam.state, arn)
    iam.changePolicies(() => { entity.boundary = boundary })
    return {}
  },

  removeBoundary(entity: Entity) {
    iam.changePolicies(() => { entity.boundary = undefined })
    return {}
  },
})
