import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmdirSync, statfsSync } from 'node:fs'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { paginateScan } from '@aws-sdk/client-dynamodb'
import { start } from '../index.ts'
import { startTestCloud } from '../testing.ts'
import { begin, chatTemplate, destroy, stackOf } from './chat-stack.ts'
import { openClients, type Clients } from './inventory.ts'

const SIZE = '32m'
const WRITES = 200

/** Why no small disk can be had here, or false. */
function whyNot() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only root on Linux may mount a small disk'
  const folder = mkdtempSync(path.join(tmpdir(), 'small-disk-'))
  const mounted = mount(folder)
  if (mounted) unmount(folder)
  rmdirSync(folder)
  return mounted ? false : 'nothing may be mounted here'
}
const mount = (folder: string, ...more: string[]) => spawnSync('mount', ['-t', 'tmpfs', '-o', [`size=${SIZE}`, ...more].join(','), 'tmpfs', folder]).status === 0
const unmount = (folder: string) => spawnSync('umount', ['--lazy', folder])

describe('a small disk', { skip: whyNot() }, () => {
  let disk: string
  beforeEach(() => {
    disk = mkdtempSync(path.join(tmpdir(), 'small-disk-'))
    mount(disk)
  })
  afterEach(() => {
    unmount(disk)
    rmdirSync(disk)
  })
  const filler = () => path.join(disk, 'filler')
  /** Leaves so many bytes. */
  async function fill(left: number) {
    const { bavail, bsize } = statfsSync(disk)
    await writeFile(filler(), Buffer.alloc(Math.max(0, bavail * bsize - left)))
  }
  const state = () => path.join(disk, 'state')

  it('that fills up while rows are written loses none that was answered, before, meanwhile or after', async (test) => {
    const first = await startTestCloud({ state: state() })
    let clients = openClients({ ...first.client, maxAttempts: 1 })
    await clients.dynamodb.createTable({ TableName: 'ledger', BillingMode: 'PAY_PER_REQUEST', KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'N' }] })
    const answered = new Set<number>()
    let refused = 0
    let number = 0
    const write = async () => {
      const id = number++
      try {
        await clients.dynamodb.putItem({ TableName: 'ledger', Item: { id: { N: String(id) }, text: { S: 'x'.repeat(3_000) } } })
        answered.add(id)
      } catch (error) {
        refused++
        assert.match((error as Error).message, /its disk is full|could not write to its disk/)
      }
    }
    const round = async () => { for (let i = 0; i < WRITES; i += 4) await Promise.all([write(), write(), write(), write()]) }

    for (const left of [150_000, 40_000]) {
      await round()
      await fill(left)
      await round()
      await rm(filler())
      await round()
    }
    const before = await idsIn(clients)
    await first.stop()
    const second = await startTestCloud({ state: state() })
    clients = openClients(second.client)
    const after = await idsIn(clients)
    await second.stop()

    test.diagnostic(`full disk: ${answered.size} writes answered, ${refused} refused, lost ${[...answered].filter((id) => !after.includes(id)).length}`)
    assert.ok(refused > 0)
    for (const ids of [before, after]) assert.deepEqual([...answered].filter((id) => !ids.includes(id)), [])
  })

  it('that is full during a deploy lets it be rolled back and repeated once there is room', async () => {
    const aws = await startTestCloud({ state: state() })
    const clients = openClients({ ...aws.client, maxAttempts: 1 })
    await fill(20_000)
    await begin(clients, 'createStack', chatTemplate).catch(() => {})
    await stackOf(clients).catch(() => {})
    await rm(filler())

    const status = (await stackOf(clients))?.StackStatus
    assert.match(status ?? 'none', /^(none|ROLLBACK_COMPLETE|ROLLBACK_FAILED)$/)
    assert.equal(await destroy(clients), 'DELETE_COMPLETE')
    await begin(clients, 'createStack', chatTemplate)
    assert.equal((await stackOf(clients))?.StackStatus, 'CREATE_COMPLETE')
    await aws.stop()
  })

  it('that is full at the start says so, and the state is as it was', async () => {
    const first = await startTestCloud({ state: state() })
    await openClients(first.client).ssm.putParameter({ Name: '/song', Value: 'Space Oddity', Type: 'String' })
    await first.stop()
    await fill(0)

    await assert.rejects(start({ state: state(), port: 0 }), { name: 'KitError', message: /disk is full|no space left/ })
    assert.ok(!(await readdir(state())).includes('lock'))

    await rm(filler())
    const second = await startTestCloud({ state: state() })
    assert.equal((await openClients(second.client).ssm.getParameter({ Name: '/song' })).Parameter?.Value, 'Space Oddity')
    await second.stop()
  })

  it('that is read-only says so, and the state is as it was', async () => {
    await mkdir(state())
    await (await start({ state: state(), port: 0 })).stop()
    spawnSync('mount', ['-o', 'remount,ro', disk])

    await assert.rejects(start({ state: state(), port: 0 }), { name: 'KitError', message: /The state folder cannot be used: .*read-only/ })

    spawnSync('mount', ['-o', 'remount,rw', disk])
    await (await start({ state: state(), port: 0 })).stop()
  })
})

async function idsIn({ dynamodb }: Clients) {
  const ids: number[] = []
  for await (const { Items = [] } of paginateScan({ client: dynamodb }, { TableName: 'ledger' })) ids.push(...Items.map(({ id }) => Number(id!.N)))
  return ids
}
