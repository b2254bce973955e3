import { createHash } from 'node:crypto'
import type { RawPolicy, RawStatement } from '../policy/document.ts'
import type { ManagedPolicy } from '../state.ts'
import { dynamoDBFullAccess, dynamoDBFullAccessV2, dynamoDBReadOnlyAccess } from './dynamodb.ts'
import { lambdaBasicExecutionRole, lambdaDynamoDBExecutionRole, lambdaFullAccess, lambdaSQSQueueExecutionRole } from './lambda.ts'
import { cloudFormationReadOnlyAccess, readOnlyAccess } from './read-only.ts'

const policy = (...Statement: RawStatement[]): RawPolicy => ({ Version: '2012-10-17', Statement })

type Entry = { name: string, version: number, created: string, updated?: string, document: RawPolicy, path?: string }

/** The policies of AWS that the workshop meets (E2.15 to E2.18) or that are likely in a role made by hand. */
const POLICIES: Entry[] = [
  { name: 'AdministratorAccess', version: 1, created: '2015-02-06T18:39:46Z', document: policy({ Effect: 'Allow', Action: '*', Resource: '*' }) },
  { name: 'AmazonDynamoDBFullAccess', version: 15, created: '2015-02-06T18:40:11Z', updated: '2021-01-29T17:38:30Z', document: dynamoDBFullAccess },
  { name: 'AmazonDynamoDBFullAccess_v2', version: 3, created: '2025-05-01T00:00:00Z', updated: '2026-02-11T22:15:55Z', document: dynamoDBFullAccessV2 },
  { name: 'AmazonDynamoDBReadOnlyAccess', version: 14, created: '2015-02-06T18:40:12Z', updated: '2024-03-20T15:45:01Z', document: dynamoDBReadOnlyAccess },
  {
    name: 'AmazonAPIGatewayInvokeFullAccess', version: 2, created: '2015-07-09T17:36:12Z', updated: '2018-12-18T18:25:10Z',
    document: policy({ Effect: 'Allow', Action: ['execute-api:Invoke', 'execute-api:ManageConnections'], Resource: 'arn:aws:execute-api:*:*:*' }),
  },
  {
    name: 'AmazonAPIGatewayAdministrator', version: 1, created: '2015-07-09T17:34:45Z',
    document: policy({ Effect: 'Allow', Action: ['apigateway:*'], Resource: 'arn:aws:apigateway:*::/*' }),
  },
  { name: 'AmazonSQSFullAccess', version: 1, created: '2015-02-06T18:41:07Z', document: policy({ Effect: 'Allow', Action: ['sqs:*'], Resource: '*' }) },
  {
    name: 'CloudWatchLogsFullAccess', version: 3, created: '2015-02-06T18:40:02Z', updated: '2025-05-20T17:07:06Z',
    document: policy({
      Sid: 'CloudWatchLogsFullAccess', Effect: 'Allow', Action: ['logs:*', 'cloudwatch:GenerateQuery', 'cloudwatch:GenerateQueryResultsSummary'], Resource: '*',
    }),
  },
  { name: 'AWSCloudFormationReadOnlyAccess', version: 7, created: '2015-02-06T18:39:39Z', updated: '2026-02-12T18:02:00Z', document: cloudFormationReadOnlyAccess },
  { name: 'ReadOnlyAccess', version: 1, created: '2015-02-06T18:39:48Z', document: readOnlyAccess },
  { name: 'AWSLambda_FullAccess', version: 5, created: '2020-11-17T21:14:08Z', updated: '2026-02-11T22:18:56Z', document: lambdaFullAccess },
  { path: '/service-role/', name: 'AWSLambdaBasicExecutionRole', version: 1, created: '2015-04-09T15:03:43Z', document: lambdaBasicExecutionRole },
  { path: '/service-role/', name: 'AWSLambdaDynamoDBExecutionRole', version: 1, created: '2015-04-09T15:09:29Z', document: lambdaDynamoDBExecutionRole },
  { path: '/service-role/', name: 'AWSLambdaSQSQueueExecutionRole', version: 1, created: '2018-06-14T21:50:45Z', document: lambdaSQSQueueExecutionRole },
]

/** Differs from AWS: ids are made up, and only the newest version of a policy is known. */
const managed = ({ path = '/', name, version, created, updated = created, document }: Entry): ManagedPolicy => ({
  arn: `arn:aws:iam::aws:policy${path}${name}`,
  name,
  path,
  id: `ANPA${createHash('sha256').update(name).digest('hex').toUpperCase().slice(0, 17)}`,
  createdAt: Date.parse(created),
  updatedAt: Date.parse(updated),
  versions: [{ id: `v${version}`, document: JSON.stringify(document), createdAt: Date.parse(updated) }],
  defaultVersion: `v${version}`,
  nextVersion: version + 1,
  tags: [],
})

/** The managed policies of AWS itself, by ARN. */
export const awsManagedPolicies: ReadonlyMap<string, ManagedPolicy> = new Map(POLICIES.map(managed).map((entry) => [entry.arn, entry]))

export const ADMINISTRATOR_ACCESS = 'arn:aws:iam::aws:policy/AdministratorAccess'
