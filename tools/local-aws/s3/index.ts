import { defineService } from '../service.ts'
import { bodiesOf } from './bodies.ts'
import { bucketSettingOperations } from './bucket-settings.ts'
import { bucketOperations } from './buckets.ts'
import { versionListing } from './list-versions.ts'
import { listingOperations } from './listing.ts'
import { objectTagOperations } from './object-tags.ts'
import { objectOperations } from './objects.ts'
import { permissions } from './permissions.ts'
import { bucketsOf } from './state.ts'
import { uploadOperations } from './uploads.ts'

export { bodyFiles } from './state.ts'

/** S3, as far as the CDK and Lambda need it: buckets, objects, listings, uploads in parts. */
export const s3Service = defineService({
  name: 's3',
  signingName: 's3',
  load: () => import('@aws-sdk/client-s3'),
  open(cloud, { account }) {
    const buckets = bucketsOf(cloud, account)
    const bodies = bodiesOf(cloud, account)
    return {
      ...bucketOperations(buckets, cloud),
      ...bucketSettingOperations(buckets),
      ...objectOperations(buckets, bodies, cloud.clock),
      ...objectTagOperations(buckets),
      ...listingOperations(buckets),
      ...versionListing(buckets),
      ...uploadOperations(buckets, bodies, cloud.clock),
    }
  },
  permissions,
})
