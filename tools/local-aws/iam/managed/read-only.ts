import type { RawPolicy } from '../policy/document.ts'

/** v7 of 12 February 2026. @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCloudFormationReadOnlyAccess.html */
export const cloudFormationReadOnlyAccess: RawPolicy = {
  Version: '2012-10-17',
  Statement: [{
    Effect: 'Allow',
    Action: [
      'cloudformation:Describe*', 'cloudformation:BatchDescribe*', 'cloudformation:EstimateTemplateCost', 'cloudformation:Get*', 'cloudformation:List*',
      'cloudformation:ValidateTemplate', 'cloudformation:Detect*',
    ],
    Resource: '*',
  }],
}

/**
 * Differs from AWS: only the services that are here; the real one names hundreds, and its version counts accordingly. Like the real one
 * it reads what is in buckets, logs and parameters, but lets nobody receive messages.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/ReadOnlyAccess.html
 */
export const readOnlyAccess: RawPolicy = {
  Version: '2012-10-17',
  Statement: [{
    Effect: 'Allow',
    Action: [
      'apigateway:GET',
      'cloudformation:Describe*', 'cloudformation:Detect*', 'cloudformation:EstimateTemplateCost', 'cloudformation:Get*', 'cloudformation:List*',
      'cloudformation:ValidateTemplate',
      'dynamodb:BatchGet*', 'dynamodb:Describe*', 'dynamodb:Get*', 'dynamodb:List*', 'dynamodb:PartiQLSelect', 'dynamodb:Query', 'dynamodb:Scan',
      'iam:Generate*', 'iam:Get*', 'iam:List*', 'iam:Simulate*',
      'lambda:Get*', 'lambda:List*',
      'logs:Describe*', 'logs:FilterLogEvents', 'logs:Get*', 'logs:List*', 'logs:StartQuery', 'logs:StopQuery', 'logs:TestMetricFilter',
      's3:Describe*', 's3:Get*', 's3:List*',
      'sqs:Get*', 'sqs:List*',
      'ssm:Describe*', 'ssm:Get*', 'ssm:List*',
      'sts:GetAccessKeyInfo', 'sts:GetCallerIdentity', 'sts:GetSessionToken',
    ],
    Resource: '*',
  }],
}
