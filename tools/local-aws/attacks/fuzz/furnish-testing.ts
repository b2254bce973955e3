import { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2'
import { CloudFormation } from '@aws-sdk/client-cloudformation'
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs'
import { DynamoDB } from '@aws-sdk/client-dynamodb'
import { IAM } from '@aws-sdk/client-iam'
import { Lambda } from '@aws-sdk/client-lambda'
import { S3 } from '@aws-sdk/client-s3'
import { SQS } from '@aws-sdk/client-sqs'
import { SSM } from '@aws-sdk/client-ssm'
import { zipOf } from '../../lambda/testing.ts'
import { mockChat, type Victim } from '../attack-testing.ts'

const NAME = 'thing'
const ROLE = `arn:aws:iam::000000000000:role/${NAME}`
const TRUST = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com","AWS":"000000000000"},"Action":"sts:AssumeRole"}}'
const POLICY = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}'

/** For tests: makes one of everything, nearly all called `thing`. Answers the texts by which requests find them. */
export async function furnish({ client }: Pick<Victim, 'client'>): Promise<string[]> {
  const iam = new IAM(client)
  await iam.createRole({ RoleName: NAME, AssumeRolePolicyDocument: TRUST })
  await iam.createUser({ UserName: NAME })
  await iam.putRolePolicy({ RoleName: NAME, PolicyName: NAME, PolicyDocument: POLICY })
  const { Policy } = await iam.createPolicy({ PolicyName: NAME, PolicyDocument: POLICY })
  await new DynamoDB(client).createTable({ TableName: NAME, AttributeDefinitions: [{ AttributeName: NAME, AttributeType: 'S' }], KeySchema: [{ AttributeName: NAME, KeyType: 'HASH' }], BillingMode: 'PAY_PER_REQUEST' })
  await new Lambda(client).createFunction({ FunctionName: NAME, Role: ROLE, Runtime: 'nodejs22.x', Handler: 'i.h', Code: { ZipFile: zipOf({ 'i.js': 'exports.h = async () => 1' }) } })
  const logs = new CloudWatchLogs(client)
  await logs.createLogGroup({ logGroupName: NAME })
  await logs.createLogStream({ logGroupName: NAME, logStreamName: NAME })
  const s3 = new S3({ ...client, forcePathStyle: true })
  await s3.createBucket({ Bucket: NAME })
  await s3.putObject({ Bucket: NAME, Key: NAME, Body: NAME })
  const upload = await s3.createMultipartUpload({ Bucket: NAME, Key: NAME })
  await new SSM(client).putParameter({ Name: NAME, Value: NAME, Type: 'String' })
  const { QueueUrl } = await new SQS(client).createQueue({ QueueName: NAME })
  const TemplateBody = JSON.stringify({ Resources: { Group: { Type: 'AWS::Logs::LogGroup' } } })
  const { StackId } = await new CloudFormation(client).createStack({ StackName: NAME, TemplateBody })
  const chat = await mockChat({ client })
  const ApiId = chat.split('/')[1]!
  const api = new ApiGatewayV2(client)
  const [routes, integrations, deployments] = await Promise.all([api.getRoutes({ ApiId }), api.getIntegrations({ ApiId }), api.getDeployments({ ApiId })])
  return [
    NAME, NAME, NAME, NAME, ApiId, ApiId, 'beta', '$default', ROLE, Policy!.Arn!, POLICY, TRUST, TemplateBody, StackId!, upload.UploadId!, QueueUrl!, 'nodejs22.x', 'WEBSOCKET', 'MOCK', '1', 'v1',
    routes.Items![0]!.RouteId!, integrations.Items![0]!.IntegrationId!, deployments.Items![0]!.DeploymentId!, `arn:aws:lambda:us-east-1:000000000000:function:${NAME}`, `arn:aws:apigateway:us-east-1::/apis/${ApiId}`,
  ]
}
