import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { loadDynalite, type DynaliteStore } from './dynalite.ts'
import { openEngine, type Engine } from './engine.ts'

const place = { account: '111122223333', region: 'eu-west-1' }
const people = {
  TableName: 'people', BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
}

describe('the DynamoDB engine', () => {
  let folder: string
  const opened: Engine[] = []
  const open = async () => {
    const engine = await openEngine(folder, place)
    opened.push(engine)
    return engine
  }
  beforeEach(async () => { folder = await mkdtemp(path.join(tmpdir(), 'engine-')) })
  afterEach(async () => {
    for (const engine of opened.splice(0)) await engine.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('names account and region in ARNs', async () => {
    const engine = await open()

    await engine.run('CreateTable', people)
    await engine.settled('people')

    assert.equal((await engine.table('people')).TableArn, 'arn:aws:dynamodb:eu-west-1:111122223333:table/people')
  })

  it('keeps its tables and items when it is closed and opened again', async () => {
    const first = await open()
    await first.run('CreateTable', people)
    await first.settled('people')
    await first.run('PutItem', { TableName: 'people', Item: { id: { S: 'ada' } } })
    await first.close()

    const second = await open()

    assert.deepEqual((await second.run('GetItem', { TableName: 'people', Key: { id: { S: 'ada' } } })).Item, { id: { S: 'ada' } })
  })

  it('keeps what it answered when its process is killed', async () => {
    const code = `
      import { openEngine } from ${JSON.stringify(import.meta.resolve('./engine.ts'))}
      const engine = await openEngine(${JSON.stringify(folder)}, ${JSON.stringify(place)})
      await engine.run('CreateTable', ${JSON.stringify(people)})
      await engine.settled('people')
      await engine.run('PutItem', { TableName: 'people', Item: { id: { S: 'ada' } } })
      console.log('written')
      setInterval(() => {}, 1000)`
    const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), '--input-type=module', '--eval', code], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [line] = await once(child.stdout, 'data')
    assert.match(String(line), /written/)
    child.kill('SIGKILL')
    await once(child, 'exit')

    const engine = await open()

    assert.equal((await engine.run('Scan', { TableName: 'people' })).Count, 1)
  })

  it('says who is in the way when another process has the data open', async () => {
    await open()

    await assert.rejects(openEngine(folder, place), { name: 'InternalServerError', message: /cannot open its data in .*Another process uses it\. Stop that local AWS/s })
  })

  it('finishes creations and deletions that a kill interrupted', async () => {
    const first = await open()
    for (const TableName of ['half-made', 'half-gone']) {
      await first.run('CreateTable', { ...people, TableName })
      await first.settled(TableName)
    }
    await first.run('PutItem', { TableName: 'half-gone', Item: { id: { S: 'ada' } } })
    await first.editTable('half-made', (table) => { table.TableStatus = 'CREATING' })
    await first.editTable('half-gone', (table) => { table.TableStatus = 'DELETING' })
    await first.close()

    const second = await open()

    assert.deepEqual(await second.tableNames(), ['half-made'])
    assert.equal((await second.table('half-made')).TableStatus, 'ACTIVE')
    await second.run('CreateTable', { ...people, TableName: 'half-gone' })
    await second.settled('half-gone')
    assert.equal((await second.run('Scan', { TableName: 'half-gone' })).Count, 0)
  })

  it('closes what it reads with: an open iterator would keep all that it has read', async () => {
    await (await open()).run('CreateTable', people)
    await opened.pop()!.close()
    const dynalite = loadDynalite()
    const store = dynalite.create({ path: folder, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 })
    const unclosed = spyOnIterators(store)
    await store.db.open()

    for (let i = 0; i < 20; i++)
      await new Promise((resolve) => { dynalite.action('scan')(store, dynalite.checkTypes({ TableName: 'people' }, dynalite.validation('Scan').types), resolve) })

    while (unclosed.size > 0) await new Promise(setImmediate)
    await store.db.close()
  })

  it('leaves a table alone when a change is refused, and lets the next one in', async () => {
    const engine = await open()
    await engine.run('CreateTable', people)
    await engine.settled('people')

    await assert.rejects(engine.editTable('people', () => { throw new Error('no') }), { message: 'no' })
    await engine.editTable('people', (table) => { table.DeletionProtectionEnabled = true })

    assert.equal((await engine.table('people')).DeletionProtectionEnabled, true)
  })

  it('answers refusals as DynamoDB writes them', async () => {
    const engine = await open()

    await assert.rejects(engine.run('Scan', { TableName: 'people' }), {
      name: 'ResourceNotFoundException', status: 400,
      body: { __type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException', message: 'Requested resource not found' },
    })
  })
})

/** The iterators that are open. */
function spyOnIterators({ db }: DynaliteStore) {
  const unclosed = new Set<object>()
  const { values } = db
  db.values = (range) => {
    const iterator = values(range)
    const close = iterator.close.bind(iterator)
    unclosed.add(iterator)
    iterator.close = async () => {
      unclosed.delete(iterator)
      await close()
    }
    return iterator
  }
  return unclosed
}
