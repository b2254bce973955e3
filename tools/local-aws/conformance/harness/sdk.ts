import { ApiGatewayManagementApi } from '@aws-sdk/client-apigatewaymanagementapi'
import { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2'
import { CloudFormation } from '@aws-sdk/client-cloudformation'
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs'
import { DynamoDB } from '@aws-sdk/client-dynamodb'
import { IAM } from '@aws-sdk/client-iam'
import { Lambda } from '@aws-sdk/client-lambda'
import { S3 } from '@aws-sdk/client-s3'
import { SQS } from '@aws-sdk/client-sqs'
import { SSM } from '@aws-sdk/client-ssm'
import { STS } from '@aws-sdk/client-sts'
import type { ChosenCloud } from '../../../lib/cloud.ts'

export type Keys = { accessKeyId: string, secretAccessKey: string, sessionToken?: string }

/** A client of every service, for these keys or for whoever the cloud is used by. */
export function sdkOf({ client, managementEndpoint }: ChosenCloud, keys?: Keys) {
  const options = { ...client, ...keys && { credentials: keys } }
  const clients = {
    apigatewayv2: new ApiGatewayV2(options),
    cloudformation: new CloudFormation(options),
    dynamodb: new DynamoDB(options),
    iam: new IAM(options),
    lambda: new Lambda(options),
    logs: new CloudWatchLogs(options),
    s3: new S3({ ...options, forcePathStyle: true }),
    sqs: new SQS(options),
    ssm: new SSM(options),
    sts: new STS(options),
  }
  return {
    ...clients,
    /** `@connections` of one stage. */
    connections: (apiId: string, stage: string) => new ApiGatewayManagementApi({ ...options, endpoint: managementEndpoint(apiId, stage) }),
    destroy() {
      for (const one of Object.values(clients)) one.destroy()
    },
  }
}
export type Sdk = ReturnType<typeof sdkOf>

/** What an SDK call was refused with. Throws where it was not. */
export async function refusal(call: Promise<unknown>): Promise<{ name: string, message: string, status: number | undefined, error: any }> {
  const error: any = await call.then(() => undefined, (reason: unknown) => reason)
  if (error === undefined) throw new Error('the call was answered instead of refused')
  return { name: error.name, message: error.message, status: error.$metadata?.httpStatusCode, error }
}

/** Status, name and message of a refusal. */
export async function refused(call: Promise<unknown>) {
  const { name, message, status } = await refusal(call)
  return [status, name, message]
}
