import { found } from '../handler-failure.ts'
import { resourceType, type Request } from '../resource-type.ts'

type Properties = { Bucket: string, PolicyDocument: object }

/**
 * What a bucket itself allows and denies; IAM weighs it with the caller's policies.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucketpolicy.html
 */
export const bucketPolicy = resourceType<Properties>({
  properties: { 'Bucket!': 'string', 'PolicyDocument!': 'any' },
  replacedBy: ['Bucket'],
  attributes: [],
  nameProperty: 'Bucket',
  plan: ({ Bucket }) => Bucket,
  exists: async ({ Bucket }, { aws }) => found(aws.call('s3', 'GetBucketPolicy', { Bucket })),

  create: (properties, request) => put(properties, request),
  update: (properties, request) => put(properties, request),
  async delete({ Bucket }, { aws }) {
    await aws.call('s3', 'DeleteBucketPolicy', { Bucket })
  },
})

async function put({ Bucket, PolicyDocument }: Properties, { aws }: Request) {
  await aws.call('s3', 'PutBucketPolicy', { Bucket, Policy: JSON.stringify(PolicyDocument) })
}
