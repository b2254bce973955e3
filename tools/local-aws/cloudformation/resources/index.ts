import type { ResourceTypes } from '../resource-type.ts'
import { metadata } from './cdk-metadata.ts'
import { table } from './dynamodb-table.ts'

/** The types that are built. Adding one is a file and a line here. */
export const resourceTypes: ResourceTypes = {
  'AWS::CDK::Metadata': metadata,
  'AWS::DynamoDB::Table': table,
}
