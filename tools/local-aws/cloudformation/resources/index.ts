import type { ResourceTypes } from '../resource-type.ts'
import { api } from './api-gateway-api.ts'
import { authorizer } from './api-gateway-authorizer.ts'
import { deployment } from './api-gateway-deployment.ts'
import { integrationResponse } from './api-gateway-integration-response.ts'
import { integration } from './api-gateway-integration.ts'
import { model } from './api-gateway-model.ts'
import { routeResponse } from './api-gateway-route-response.ts'
import { route } from './api-gateway-route.ts'
import { stage } from './api-gateway-stage.ts'
import { metadata } from './cdk-metadata.ts'
import { globalTable } from './dynamodb-global-table.ts'
import { table } from './dynamodb-table.ts'
import { repository } from './ecr-repository.ts'
import { managedPolicy } from './iam-managed-policy.ts'
import { policy } from './iam-policy.ts'
import { role } from './iam-role.ts'
import { eventSourceMapping } from './lambda-event-source-mapping.ts'
import { lambdaFunction } from './lambda-function.ts'
import { permission } from './lambda-permission.ts'
import { logGroup } from './logs-log-group.ts'
import { bucketPolicy } from './s3-bucket-policy.ts'
import { bucket } from './s3-bucket.ts'
import { queue } from './sqs-queue.ts'
import { queuePolicy } from './sqs-queue-policy.ts'
import { parameter } from './ssm-parameter.ts'

/** The types that are built. Adding one is a file and a line here. */
export const resourceTypes: ResourceTypes = {
  'AWS::ApiGatewayV2::Api': api,
  'AWS::ApiGatewayV2::Authorizer': authorizer,
  'AWS::ApiGatewayV2::Deployment': deployment,
  'AWS::ApiGatewayV2::Integration': integration,
  'AWS::ApiGatewayV2::IntegrationResponse': integrationResponse,
  'AWS::ApiGatewayV2::Model': model,
  'AWS::ApiGatewayV2::Route': route,
  'AWS::ApiGatewayV2::RouteResponse': routeResponse,
  'AWS::ApiGatewayV2::Stage': stage,
  'AWS::CDK::Metadata': metadata,
  'AWS::DynamoDB::GlobalTable': globalTable,
  'AWS::DynamoDB::Table': table,
  'AWS::ECR::Repository': repository,
  'AWS::IAM::ManagedPolicy': managedPolicy,
  'AWS::IAM::Policy': policy,
  'AWS::IAM::Role': role,
  'AWS::Lambda::EventSourceMapping': eventSourceMapping,
  'AWS::Lambda::Function': lambdaFunction,
  'AWS::Lambda::Permission': permission,
  'AWS::Logs::LogGroup': logGroup,
  'AWS::S3::Bucket': bucket,
  'AWS::S3::BucketPolicy': bucketPolicy,
  'AWS::SQS::Queue': queue,
  'AWS::SQS::QueuePolicy': queuePolicy,
  'AWS::SSM::Parameter': parameter,
}
