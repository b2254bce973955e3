import { setTimeout as delay } from 'node:timers/promises'
import { AwsError } from '../aws-error.ts'
import { stateFailure } from '../state-failure.ts'
import type { Place } from '../store.ts'
import { loadDynalite, type Dynalite, type DynaliteError, type DynaliteStore, type TableRecord } from './dynalite.ts'

export type Json = Record<string, any>

/** Dynalite takes a few milliseconds for it. */
const SETTLE_MS = 10_000

/** What dynalite does itself. The rest of DynamoDB is answered in front of it, or not built. */
export type EngineOperation =
  | 'BatchGetItem' | 'BatchWriteItem' | 'DeleteItem' | 'GetItem' | 'PutItem' | 'Query' | 'Scan' | 'UpdateItem'
  | 'CreateTable' | 'DeleteTable' | 'ListTables' | 'UpdateTable'

/** DynamoDB's own answer that something is wrong, as it goes over the wire. */
export class EngineError extends Error {
  readonly status: number
  readonly body: Json

  constructor(status: number, body: Json) {
    super(body.message ?? body.Message ?? '')
    this.name = String(body.__type).split('#').at(-1) ?? 'InternalServerError'
    this.status = status
    this.body = body
  }
}

/** The tables and items of one account and region. */
export type Engine = {
  readonly place: Place
  /** Runs one operation: JSON in, JSON out, as in the bodies of the wire. Throws EngineError. */
  run(operation: EngineOperation, input: Json): Promise<Json>
  /** Checks the input of an operation as DynamoDB does. Throws EngineError. */
  check(operation: EngineOperation, input: Json): Json
  /** The table in whatever state it is. Throws EngineError `ResourceNotFoundException`. */
  table(name: string): Promise<TableRecord>
  /** Changes what is known of a table; nobody else changes it meanwhile. `change` may throw, and then nothing happens. */
  editTable(name: string, change: (record: TableRecord) => void): Promise<TableRecord>
  /** Waits until a table and its indexes are ACTIVE, or the table is gone. */
  settled(name: string): Promise<void>
  /** Names of tables, in order, after `name`. */
  tableNames(after?: string): Promise<string[]>
  /** Whether a write went wrong in the database itself. What is written after that may be lost: it must be closed and opened again. */
  isBroken(): boolean
  close(): Promise<void>
}

const READS = new Set<EngineOperation>(['BatchGetItem', 'GetItem', 'ListTables', 'Query', 'Scan'])

/**
 * Opens the database in `folder`. Throws AwsError when another process has it open.
 *
 * @param demandRoom throws where nothing may be written
 */
export async function openEngine(folder: string, place: Place, demandRoom = () => {}): Promise<Engine> {
  const dynalite = loadDynalite()
  const store = dynalite.create({ path: folder, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 })
  store.tableDb.awsAccountId = place.account
  store.tableDb.awsRegion = place.region

  try {
    await store.db.open()
  } catch (error) {
    throw cannotOpen(folder, error)
  }
  await finishInterrupted(store)
  return engineOn(dynalite, store, place, demandRoom)
}

function engineOn(dynalite: Dynalite, store: DynaliteStore, place: Place, demandRoom: () => void): Engine {
  const check = (operation: EngineOperation, input: Json) => {
    const { types, custom } = dynalite.validation(operation)
    try {
      const checked = dynalite.checkTypes({ ...input }, types)
      dynalite.checkValidations(checked, types, custom, store)
      return checked
    } catch (error) {
      throw engineError(error as DynaliteError)
    }
  }
  const table = (name: string) => tableRecord(store, name)
  let isBroken = false
  /** LevelDB goes on after half a record, but reads no further than that when it is opened again: what follows would be answered, and lost. */
  const failure = (error: DynaliteError) => {
    if (error.code?.startsWith('LEVEL_')) isBroken = true
    return engineError(error)
  }

  return {
    place,
    check,
    table,
    async run(operation, input) {
      const checked = check(operation, input)
      if (!READS.has(operation)) demandRoom()
      return new Promise((resolve, reject) => {
        dynalite.action(operation)(store, checked, (error, answer) => {
          if (error) reject(failure(error))
          else if (isBroken) reject(unsure())
          else resolve(answer ?? {})
        })
      })
    },
    editTable: (name, change) => new Promise((resolve, reject) => {
      store.tableDb.lock(name, (release) => {
        const done = release((error, record) => error ? reject(failure(error)) : resolve(record!))
        store.getTable(name, false, (error, record) => {
          if (error) return done(error)
          try {
            demandRoom()
            change(record!)
          } catch (refusal) {
            return done(refusal as Error)
          }
          store.tableDb.put(name, record!, (failure) => done(failure, record))
        })
      })
    }),
    async settled(name) {
      const patience = performance.now() + SETTLE_MS
      while (await isMoving(table(name))) {
        if (performance.now() > patience) {
          isBroken = true // its timer failed, and opening it again finishes what it began
          throw unsure()
        }
        await delay(1)
      }
    },
    isBroken: () => isBroken,
    tableNames: (after) => tableNames(store, after),
    close: () => store.db.close(),
  }
}

const tableRecord = (store: DynaliteStore, name: string) => new Promise<TableRecord>((resolve, reject) => {
  store.getTable(name, false, (error, record) => error ? reject(engineError(error)) : resolve(record!))
})

const TABLES = 'table~'
const tableNames = async (store: DynaliteStore, after = '') =>
  (await store.db.keys({ gt: TABLES + after, lt: `${TABLES}\xFF` }).all()).map((key) => key.slice(TABLES.length))

async function isMoving(lookup: Promise<TableRecord>) {
  try {
    const { TableStatus, GlobalSecondaryIndexes = [] } = await lookup
    return TableStatus !== 'ACTIVE' || GlobalSecondaryIndexes.some(({ IndexStatus }) => IndexStatus !== 'ACTIVE')
  } catch (error) {
    if (error instanceof EngineError && error.name === 'ResourceNotFoundException') return false
    throw error
  }
}

/** Dynalite ends creations and deletions with a timer; a process that was killed before leaves the table in between for ever. */
async function finishInterrupted(store: DynaliteStore) {
  for (const name of await tableNames(store)) {
    const record = await tableRecord(store, name)
    if (record.TableStatus === 'DELETING') await remove(store, name)
    else if (record.TableStatus !== 'ACTIVE') {
      for (const index of record.GlobalSecondaryIndexes ?? []) index.IndexStatus = 'ACTIVE'
      await new Promise((resolve) => { store.tableDb.put(name, { ...record, TableStatus: 'ACTIVE' }, resolve) })
    }
  }
}

/** Items first: a table that is made again under this name must not find them. */
async function remove(store: DynaliteStore, name: string) {
  for (const prefix of ['item-', 'tag-', 'index-local~', 'index-global~']) await store.db.clear({ gt: `${prefix}${name}~`, lt: `${prefix}${name}~\xFF` })
  await new Promise((resolve) => { store.tableDb.del(name, resolve) })
}

function engineError(error: DynaliteError) {
  if (!error.body) return error
  return new EngineError(error.statusCode ?? 400, error.body)
}

/** The database went wrong at about the same time: it may be there, or not, as after any 500. */
const unsure = () => new AwsError('InternalServerError', 'The local DynamoDB could not write to its disk. Try again.', { status: 500 })

function cannotOpen(folder: string, error: unknown) {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const refused = stateFailure(cause, folder)
  if (refused) return refused
  const locked = (cause as { code?: string }).code === 'LEVEL_LOCKED'
  const why = locked
    ? 'Another process uses it. Stop that local AWS, or start this one on another state folder.'
    : `${(cause as Error).message}. Move that folder away to begin with no tables.`
  return new AwsError('InternalServerError', `The local DynamoDB cannot open its data in ${folder}. ${why}`, { status: 500 })
}
