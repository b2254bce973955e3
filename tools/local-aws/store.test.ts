import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { createStore } from './store.ts'

const place = { account: '000000000000', region: 'us-east-1' }
let root: string

beforeEach(async () => { root = await mkdtemp(path.join(tmpdir(), 'store-')) })
afterEach(() => rm(root, { recursive: true, force: true }))

describe('the store', () => {
  it('brings a document back after a restart', async () => {
    const store = createStore(root)
    const document = store.document('lambda', place, () => ({ names: [] as string[] }))
    document.data.names.push('chat')
    document.changed()
    await store.flush()

    const again = createStore(root).document('lambda', place, () => ({ names: [] as string[] }))

    assert.deepEqual(again.data, { names: ['chat'] })
  })

  it('keeps accounts and regions apart', () => {
    const store = createStore(root)
    const initial = () => ({ count: 0 })
    const documents = [place, { ...place, region: 'eu-west-1' }, { ...place, account: '111111111111' }].map((where) => store.document('iam', where, initial))

    assert.equal(new Set(documents).size, 3)
    assert.equal(store.document('iam', place, initial), documents[0])
  })

  it('writes what changed while it was writing, before flush resolves', async () => {
    const store = createStore(root)
    const document = store.document('logs', place, () => ({ count: 0 }))
    for (let i = 1; i <= 50; i++) {
      document.data.count = i
      document.changed()
      if (i % 10 === 0) await new Promise(setImmediate)
    }
    await store.flush()

    assert.deepEqual(createStore(root).document('logs', place, () => ({ count: 0 })).data, { count: 50 })
    assert.deepEqual((await readdir(path.join(root, place.account, place.region))).sort(), ['logs.json'])
  })

  it('lists the places of a service, on disk or in memory', async () => {
    const store = createStore(root)
    store.document('s3', place, () => ({})).changed()
    await store.flush()
    const again = createStore(root)
    again.document('s3', { ...place, region: 'eu-west-1' }, () => ({}))

    const regions = (await again.places('s3')).map(({ region }) => region)

    assert.deepEqual(regions.sort(), ['eu-west-1', 'us-east-1'])
  })

  it('rejects flush where the folder cannot be written, and keeps the change for the next', async () => {
    const blocked = path.join(root, 'file')
    await writeFile(blocked, '')
    const store = createStore(blocked)
    store.document('s3', place, () => ({})).changed()

    await assert.rejects(store.flush(), /ENOTDIR|EEXIST/)
    await rm(blocked)
    await store.flush()

    assert.deepEqual(await createStore(blocked).places('s3'), [place])
  })
})
