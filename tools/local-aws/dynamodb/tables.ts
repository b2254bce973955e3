import { notBuilt } from '../aws-error.ts'
import type { Cloud } from '../cloud.ts'
import { uuid } from '../ids.ts'
import type { Operations } from '../service.ts'
import type { Place } from '../store.ts'
import type { TableRecord } from './dynalite.ts'
import { EngineError, type Engine, type Json } from './engine.ts'
import { engineOf } from './engines.ts'
import { asAwsError, tableName } from './items.ts'
import { fromJson, toJson } from './json.ts'

/**
 * Operations on tables. Dynalite keeps the tables; members it does not know (F.14, F.19) are kept in its record of the table.
 *
 * Differs from AWS: a new table is ACTIVE at once, though CreateTable answers CREATING as AWS does.
 */
export function tableOperations(cloud: Cloud, place: Place): Operations<'dynamodb'> {
  return {
    CreateTable: onTable(cloud, place, async (engine, input) => {
      refuse(input, NOT_BUILT_FOR_CREATION, 'dynamodb CreateTable')
      await engine.run('CreateTable', input).catch((error) => { throw withMessage(error, `Table already exists: ${input.TableName}`) })
      await engine.settled(input.TableName)
      const record = await engine.editTable(input.TableName, (table) => {
        table.TableId = uuid()
        table.DeletionProtectionEnabled = input.DeletionProtectionEnabled ?? false
        if (input.TableClass) table.TableClassSummary = { TableClass: input.TableClass }
        if (input.Tags) table.local = { tags: input.Tags }
      })
      return { TableDescription: descriptionOf(record, 'CREATING') }
    }),

    DescribeTable: onTable(cloud, place, async (engine, input) => ({ Table: descriptionOf(await engine.table(input.TableName)) })),

    UpdateTable: onTable(cloud, place, async (engine, input) => {
      refuse(input, NOT_BUILT_FOR_UPDATES, 'dynamodb UpdateTable')
      for (const { Create, Delete } of input.GlobalSecondaryIndexUpdates ?? [])
        if (Create || Delete) throw notBuilt('dynamodb UpdateTable with a created or deleted index')

      const ours = input.DeletionProtectionEnabled !== undefined || input.TableClass !== undefined
      const theirs = input.ProvisionedThroughput || input.BillingMode || input.GlobalSecondaryIndexUpdates
      if (theirs || !ours) await engine.run('UpdateTable', input)
      await engine.settled(input.TableName)
      if (!ours) return { TableDescription: descriptionOf(await engine.table(input.TableName), 'UPDATING') }

      const record = await engine.editTable(input.TableName, (table) => {
        table.DeletionProtectionEnabled = input.DeletionProtectionEnabled ?? table.DeletionProtectionEnabled
        if (input.TableClass) table.TableClassSummary = { TableClass: input.TableClass }
      })
      return { TableDescription: descriptionOf(record, theirs ? 'UPDATING' : 'ACTIVE') }
    }),

    DeleteTable: onTable(cloud, place, async (engine, input) => {
      const record = await engine.table(input.TableName)
      if (record.DeletionProtectionEnabled) throw validationError(DELETION_PROTECTED)
      await engine.run('DeleteTable', input)
      await engine.settled(input.TableName)
      return { TableDescription: descriptionOf(record, 'DELETING') }
    }),

    ListTables: onTable(cloud, place, async (engine, input) => {
      const { Limit = 100, ExclusiveStartTableName } = engine.check('ListTables', input)
      const names = await engine.tableNames(ExclusiveStartTableName)
      const TableNames = names.slice(0, Limit)
      return { TableNames, ...names.length > Limit && { LastEvaluatedTableName: TableNames.at(-1) } }
    }),
  }
}

type Answerer = (engine: Engine, input: Json) => Promise<Json>

/** An operation written in the JSON of the wire, for callers that speak the SDK's types. A table may be named by its ARN. */
export const onTable = (cloud: Cloud, place: Place, answer: Answerer) => async (input: object): Promise<any> => {
  try {
    const json = toJson(input)
    if (typeof json.TableName === 'string') json.TableName = tableName(json.TableName, place)
    return fromJson(await answer(await engineOf(cloud, place), json))
  } catch (error) {
    throw asAwsError(error)
  }
}

export const validationError = (message: string) => new EngineError(400, { __type: 'com.amazon.coral.validate#ValidationException', message })

/** @see F.12 (facts) */
const DELETION_PROTECTED = 'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.'

/** What a call shows of a table (F.1, F.2). `status` is that of the call's own moment. */
function descriptionOf(record: TableRecord, status = record.TableStatus): Json {
  const { local: _, TableThroughputModeSummary: __, BillingMode: ___, ...table } = record
  return {
    ...table,
    TableStatus: status,
    DeletionProtectionEnabled: table.DeletionProtectionEnabled ?? false,
    ...status === 'ACTIVE' && { WarmThroughput: warmThroughput(table) },
    ...status === 'CREATING' && table.GlobalSecondaryIndexes && {
      GlobalSecondaryIndexes: table.GlobalSecondaryIndexes.map((index) => ({ ...index, IndexStatus: 'CREATING' })),
    },
  }
}

const warmThroughput = ({ BillingModeSummary, ProvisionedThroughput }: Pick<TableRecord, 'BillingModeSummary' | 'ProvisionedThroughput'>) =>
  BillingModeSummary?.BillingMode === 'PAY_PER_REQUEST'
    ? { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 4_000, Status: 'ACTIVE' }
    : { ReadUnitsPerSecond: ProvisionedThroughput.ReadCapacityUnits, WriteUnitsPerSecond: ProvisionedThroughput.WriteCapacityUnits, Status: 'ACTIVE' }

const NOT_BUILT_FOR_CREATION = ['WarmThroughput', 'ResourcePolicy', 'OnDemandThroughput', 'GlobalTableSourceArn', 'VectorIndexes']
const NOT_BUILT_FOR_UPDATES = [
  'ReplicaUpdates', 'MultiRegionConsistency', 'GlobalTableWitnessUpdates', 'OnDemandThroughput', 'WarmThroughput',
  'DisassociationProtectionEnabled', 'VectorIndexUpdates',
]

function refuse(input: Json, members: string[], operation: string) {
  const member = members.find((name) => input[name] !== undefined)
  if (member) throw notBuilt(`${operation} with ${member}`)
  if (input.StreamSpecification?.StreamEnabled) throw notBuilt(`${operation} with StreamSpecification`)
  if (input.SSESpecification?.Enabled) throw notBuilt(`${operation} with SSESpecification`)
}

/** Dynalite leaves this message empty (F.15). */
const withMessage = (error: unknown, message: string) =>
  error instanceof EngineError && error.name === 'ResourceInUseException' ? new EngineError(error.status, { ...error.body, message }) : error
