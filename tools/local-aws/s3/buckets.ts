import type { PublicAccessBlockConfiguration } from '@aws-sdk/client-s3'
import { AwsError, notBuilt } from '../aws-error.ts'
import type { Cloud } from '../cloud.ts'
import type { Operations } from '../service.ts'
import { findBucket, headOnly, type Buckets } from './state.ts'
import { formersOf } from './versions.ts'

/** Buckets and their settings. @see H.1 (facts) */
export function bucketOperations(buckets: Buckets, { clock, authority }: Pick<Cloud, 'clock' | 'authority'>): Operations<'s3'> {
  return {
    CreateBucket({ Bucket: name = '', CreateBucketConfiguration }, { region }) {
      checkName(name)
      const wanted = CreateBucketConfiguration?.LocationConstraint
      if ((wanted ?? 'us-east-1') !== region) throw wrongPlace(wanted)
      if (buckets.data.buckets.some((bucket) => bucket.name === name)) {
        // The oldest region answers as if it had been made now.
        if (region === 'us-east-1') return { Location: `/${name}` }
        throw new AwsError('BucketAlreadyOwnedByYou', 'Your previous request to create the named bucket succeeded and you already own it.', { status: 409, fields: { BucketName: name } })
      }

      buckets.data.buckets.push({ name, region, createdAt: clock.now(), objects: [], uploads: [] })
      buckets.changed()
      return { Location: `/${name}`, BucketArn: `arn:aws:s3:::${name}` }
    },

    DeleteBucket(input) {
      const bucket = findBucket(buckets, input)
      const advice = bucket.versioning ? '. You must delete all versions in the bucket.' : ''
      if (bucket.objects.length > 0 || formersOf(bucket).length > 0)
        throw new AwsError('BucketNotEmpty', `The bucket you tried to delete is not empty${advice}`, { status: 409, fields: { BucketName: bucket.name } })
      buckets.data.buckets = buckets.data.buckets.filter((other) => other !== bucket)
      buckets.changed()
      return {}
    },

    HeadBucket(input) {
      const { name, region } = headOnly(() => findBucket(buckets, input))
      return { BucketRegion: region, BucketArn: `arn:aws:s3:::${name}`, AccessPointAlias: false }
    },

    ListBuckets({ Prefix = '', BucketRegion, MaxBuckets, ContinuationToken }) {
      if (MaxBuckets || ContinuationToken) throw notBuilt('s3 ListBuckets in pages')
      const found = buckets.data.buckets.filter(({ name, region }) => name.startsWith(Prefix) && (BucketRegion ?? region) === region)
      const { account } = buckets.place
      return {
        Buckets: found.toSorted((a, b) => a.name < b.name ? -1 : 1).map(({ name, region, createdAt }) =>
          ({ Name: name, CreationDate: new Date(createdAt), BucketRegion: region, BucketArn: `arn:aws:s3:::${name}` })),
        Owner: { ID: ownerId(account) },
      }
    },

    GetBucketLocation(input) {
      const { region } = findBucket(buckets, input)
      return { LocationConstraint: region === 'us-east-1' ? undefined : region as 'eu-west-1' }
    },

    GetBucketPolicy(input) {
      const { name, policy } = findBucket(buckets, input)
      if (!policy) throw new AwsError('NoSuchBucketPolicy', 'The bucket policy does not exist', { status: 404, fields: { BucketName: name } })
      return { Policy: policy }
    },

    PutBucketPolicy(input) {
      const bucket = findBucket(buckets, input)
      checkPolicy(input.Policy, authority)
      bucket.policy = input.Policy
      buckets.changed()
      return {}
    },

    DeleteBucketPolicy(input) {
      delete findBucket(buckets, input).policy
      buckets.changed()
      return {}
    },

    GetPublicAccessBlock(input) {
      const { publicAccessBlock } = findBucket(buckets, input)
      if (!publicAccessBlock) throw new AwsError('NoSuchPublicAccessBlockConfiguration', 'The public access block configuration was not found', { status: 404 })
      return { PublicAccessBlockConfiguration: publicAccessBlock as PublicAccessBlockConfiguration }
    },

    PutPublicAccessBlock(input) {
      findBucket(buckets, input).publicAccessBlock = input.PublicAccessBlockConfiguration
      buckets.changed()
      return {}
    },

    DeletePublicAccessBlock(input) {
      delete findBucket(buckets, input).publicAccessBlock
      buckets.changed()
      return {}
    },

    GetBucketTagging(input) {
      const { name, tags } = findBucket(buckets, input)
      if (!tags?.length) throw new AwsError('NoSuchTagSet', 'The TagSet does not exist', { status: 404, fields: { BucketName: name } })
      return { TagSet: tags }
    },

    PutBucketTagging(input) {
      findBucket(buckets, input).tags = input.Tagging?.TagSet?.map(({ Key = '', Value = '' }) => ({ Key, Value }))
      buckets.changed()
      return {}
    },

    DeleteBucketTagging(input) {
      delete findBucket(buckets, input).tags
      buckets.changed()
      return {}
    },
  }
}

/** The canonical user id of an account: 64 hex digits. */
export const ownerId = (account: string) => account.padStart(64, '0')

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
function checkName(name: string) {
  if (/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) && !name.includes('..') && !/^\d+\.\d+\.\d+\.\d+$/.test(name)) return
  throw new AwsError('InvalidBucketName', 'The specified bucket is not valid.', { status: 400, fields: { BucketName: name } })
}

const wrongPlace = (wanted = 'unspecified') => new AwsError('IllegalLocationConstraintException',
  `The ${wanted} location constraint is incompatible for the region specific endpoint this request was sent to.`, { status: 400 })

function checkPolicy(policy = '', authority: Cloud['authority']) {
  try {
    JSON.parse(policy)
  } catch {
    throw new AwsError('MalformedPolicy', 'Policies must be valid JSON and the first byte must be \'{\'', { status: 400 })
  }
  if (!authority.readsPolicy(policy)) throw new AwsError('MalformedPolicy', 'Invalid policy syntax.', { status: 400 })
}
