import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, it } from 'node:test'
import { openClient } from '../local-aws/api-gateway/gateway-testing.ts'
import { readRoom } from '../room/record.ts'
import { chatFrame } from '../room/typed.ts'
import { awsCloud } from './aws/cloud.ts'
import { pretendAccount } from './aws/testing.ts'
import { openClients } from './leftover/clients.ts'
import { findLeftovers, ofSuffix } from './leftover/find.ts'
import { shareOnAws, takeDown } from './share-aws.ts'

describe('a room on aws', () => {
  it('is a chat of its own beside everybody’s, and leaves nothing when it is taken down', { timeout: 120_000 }, async () => {
    const account = await pretendAccount()
    const home = mkdtempSync(path.join(tmpdir(), 'workshop-room-'))
    try {
      const cloud = await awsCloud({ ...account.settings, suffix: 'ada' })
      const url = await shareOnAws(cloud, home)
      const clients = openClients(cloud)
      const client = await openClient(url)
      client.send(chatFrame('hello'))
      assert.equal(await client.next(), 'hello')
      await client.close()

      assert.deepEqual(readRoom(home), { cloud: 'aws', url, account: cloud.account, region: cloud.region })
      assert.equal(ofSuffix(await findLeftovers(clients), 'shared').filter(({ kind }) => kind === 'stack').length, 1)

      assert.equal(await takeDown(cloud, home), 0)
      assert.deepEqual(ofSuffix(await findLeftovers(clients), 'shared'), [])
      assert.equal(readRoom(home), undefined)
      clients.close()
    } finally {
      rmSync(home, { recursive: true, force: true, maxRetries: 5 })
      await account.end()
    }
  })
})
