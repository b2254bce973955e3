import { S3 } from '@aws-sdk/client-s3'
import type { ChosenCloud } from '../../lib/cloud.ts'
import { openAws, type Aws } from '../../verify/aws.ts'

/** Verify's clients, and the bucket that `cdk bootstrap` made, where the code of every deploy lies. */
export type Clients = { aws: Aws, s3: S3, bucket: string, close(): void }

export function openClients(cloud: ChosenCloud): Clients {
  const aws = openAws(cloud)
  // A bucket is part of the host name, which an endpoint on this machine does not have.
  const s3 = new S3({ ...cloud.client, forcePathStyle: cloud.endpoint !== undefined })
  return {
    aws, s3,
    bucket: `cdk-hnb659fds-assets-${cloud.account}-${cloud.region}`,
    close() {
      aws.close()
      s3.destroy()
    },
  }
}
