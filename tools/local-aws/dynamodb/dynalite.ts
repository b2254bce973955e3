import { createRequire } from 'node:module'

/**
 * The parts of dynalite 4.0.0 that the local AWS uses. Its HTTP server is left out: it closes its database only after it has listened on a
 * port, and it throws database errors where nobody can catch them. The version is pinned, and `engine.test.ts` holds what is relied on.
 */
export type DynaliteStore = {
  db: {
    open(): Promise<void>
    close(): Promise<void>
    keys(range: Range): Iterator & { all(): Promise<string[]> }
    values(range: Range): Iterator
    clear(range: { gt: string, lt: string }): Promise<void>
  }
  tableDb: {
    awsAccountId: string
    awsRegion: string
    put(name: string, record: TableRecord, callback: Callback): void
    del(name: string, callback: Callback): void
    /** One holder per name at a time; `release(callback)` answers a callback that lets go first. */
    lock(name: string, holder: (release: (callback: Callback<TableRecord>) => Callback<TableRecord>) => void): void
  }
  /** With `false`: tables in any state, and the message names the table. */
  getTable(name: string, checkStatus: boolean, callback: Callback<TableRecord>): void
}

type Range = { gte?: string, gt?: string, lt: string }
type Iterator = { close(): Promise<void>, return?(): Promise<void> }

export type Callback<T = unknown> = (error?: DynaliteError | null, answer?: T) => void

/** `body` and `statusCode` are there where DynamoDB would answer so; without them something broke. */
export type DynaliteError = Error & { code?: string, statusCode?: number, body?: { __type: string, message?: string, Message?: string } }

/** A table as dynalite keeps it: what DescribeTable answers, in JSON. `local` is ours. */
export type TableRecord = {
  TableName: string
  TableArn: string
  TableId: string
  TableStatus: string
  ProvisionedThroughput: { ReadCapacityUnits: number, WriteCapacityUnits: number }
  BillingModeSummary?: { BillingMode: string }
  GlobalSecondaryIndexes?: { IndexName: string, IndexArn: string, IndexStatus: string }[]
  DeletionProtectionEnabled?: boolean
  TableClassSummary?: { TableClass: string }
  local?: { tags?: Tag[], timeToLive?: TimeToLive }
  [member: string]: unknown
}
export type Tag = { Key: string, Value: string }
/** `changedAt` in milliseconds since the epoch. */
export type TimeToLive = { attribute: string, enabled: boolean, changedAt: number }

type Json = Record<string, any>
type Validation = { types: object, custom?: (input: Json, store: DynaliteStore) => string | undefined }

export type Dynalite = {
  create(options: { path: string, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 }): DynaliteStore
  checkTypes(input: Json, types: object): Json
  checkValidations(input: Json, types: object, custom: Validation['custom'], store: DynaliteStore): void
  validation(operation: string): Validation
  action(operation: string): (store: DynaliteStore, input: Json, callback: Callback<Json>) => void
}

const fileName = (operation: string) => operation.charAt(0).toLowerCase() + operation.slice(1)

/** Loads dynalite (about 30 ms, so not before it is needed). */
export function loadDynalite(): Dynalite {
  const require = createRequire(import.meta.url)
  const { checkTypes, checkValidations } = require('dynalite/validations')
  return {
    create: (options) => closeIterators(require('dynalite/db').create(options)),
    checkTypes,
    checkValidations,
    validation: (operation) => require(`dynalite/validations/${fileName(operation)}`),
    action: (operation) => require(`dynalite/actions/${fileName(operation)}`),
  }
}

/**
 * Dynalite ends an iterator by its `return`, which iterators of its database do not have: without this each Scan, Query and DeleteTable would
 * keep one, with all that it has read, until the database is closed.
 */
export function closeIterators<S extends { db: Pick<DynaliteStore['db'], 'keys' | 'values'> }>(store: S): S {
  const { db } = store
  for (const method of ['keys', 'values'] as const) {
    const open = db[method].bind(db) as (range: Range) => any
    db[method] = (range) => {
      const iterator = open(range)
      iterator.return = () => iterator.close()
      return iterator
    }
  }
  return store
}
