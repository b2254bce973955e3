import type { LifecycleRule } from '@aws-sdk/client-s3'

type Rule = {
  Id?: string, Status: string, Prefix?: string, ExpirationInDays?: number, AbortIncompleteMultipartUpload?: { DaysAfterInitiation: number }
  NoncurrentVersionExpiration?: { NoncurrentDays: number, NewerNoncurrentVersions?: number }
}
export type LifecycleProperty = { Rules: Rule[] }

/** A bucket's property LifecycleConfiguration, as far as S3 expires things; moving them to other storage is not built. */
export const lifecycleShape = {
  TransitionDefaultMinimumObjectSize: 'unbuilt',
  'Rules!': [{
    Id: 'string', 'Status!': 'string', Prefix: 'string', ExpirationInDays: 'number', AbortIncompleteMultipartUpload: { 'DaysAfterInitiation!': 'number' },
    NoncurrentVersionExpiration: { 'NoncurrentDays!': 'number', NewerNoncurrentVersions: 'number' },
    ExpirationDate: 'unbuilt', ExpiredObjectDeleteMarker: 'unbuilt', NoncurrentVersionExpirationInDays: 'unbuilt', NoncurrentVersionTransition: 'unbuilt',
    NoncurrentVersionTransitions: 'unbuilt', ObjectSizeGreaterThan: 'unbuilt', ObjectSizeLessThan: 'unbuilt', TagFilters: 'unbuilt', Transition: 'unbuilt',
    Transitions: 'unbuilt',
  }],
} as const

/** Templates call some members differently from the service. */
export const lifecycleRules = ({ Rules }: LifecycleProperty): LifecycleRule[] =>
  Rules.map(({ Id: ID, Status, Prefix = '', ExpirationInDays, ...rest }) => ({
    ID, Status: Status as 'Enabled', Filter: { Prefix }, Expiration: ExpirationInDays === undefined ? undefined : { Days: ExpirationInDays }, ...rest,
  }))
