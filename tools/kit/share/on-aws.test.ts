import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, it } from 'node:test'
import { openClient } from '../../local-aws/api-gateway/gateway-testing.ts'
import { readRoom } from '../../room/record.ts'
import { chatFrame } from '../../room/typed.ts'
import { awsCloud } from '../aws/cloud.ts'
import { pretendAccount } from '../aws/testing.ts'
import { openClients } from '../leftover/clients.ts'
import { findLeftovers, ofSuffix } from '../leftover/find.ts'
import { run } from '../process-testing.ts'
import { shareOnAws, takeDown } from './on-aws.ts'

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

  it('is shared, told, joined and taken down by npm scripts', { timeout: 180_000 }, async () => {
    const account = await pretendAccount()
    const home = mkdtempSync(path.join(tmpdir(), 'workshop-room-'))
    const npmRun = async (...words: string[]) => {
      const running = run(home, words)
      assert.equal(await running.ended, 0, running.printed())
      return running.printed()
    }
    try {
      await npmRun('use', 'aws', 'suffix=ada')
      const told = await npmRun('share')
      assert.match(told, /The room is open: the chat of steps 1 to \d, aws · account 000000000000 · us-east-1 · suffix shared/)
      assert.match(told, /npx wscat -c ws:\S+[\s\S]*(█▀|▄)[\s\S]*To whom +whoever knows the URL[\s\S]*It stays until you take it down: npm run share stop/)

      const person = run(home, ['chat', 'shared', 'name=Ada'])
      await person.until(/Connected to/)
      person.type('hello')
      await person.until(/› Ada: hello/)
      person.child.stdin.end()
      assert.equal(await person.ended, 0)

      await npmRun('use', 'local')
      assert.match(await npmRun('share', 'stop'), /No room is open on this machine\.[\s\S]*The room on aws \(account 000000000000, us-east-1\) stays until: npm run use aws region=us-east-1, then npm run share stop/)
      await npmRun('use', 'aws', 'suffix=ada')
      assert.match(await npmRun('share', 'stop'), /Nothing of it is left/)
      const nobody = run(home, ['chat', 'shared'])
      assert.equal(await nobody.ended, 1)
      assert.match(nobody.printed(), /Nobody has shared a room/)
    } finally {
      rmSync(home, { recursive: true, force: true, maxRetries: 5 })
      await account.end()
    }
  })
})
