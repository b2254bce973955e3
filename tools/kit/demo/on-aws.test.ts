import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import type { ChosenCloud } from '../../lib/cloud.ts'
import { awsCloud } from '../aws/cloud.ts'
import { pretendAccount } from '../aws/testing.ts'
import { steps } from '../../steps.ts'
import { createWorkbenches, solutions } from '../deployer/testing.ts'
import { openClients } from '../leftover/clients.ts'
import { findLeftovers, ofSuffix } from '../leftover/find.ts'
import { freshSuffix, playOnAws, priceOf } from './on-aws.ts'

describe('the demo on aws', () => {
  let account: Awaited<ReturnType<typeof pretendAccount>>
  let cloud: ChosenCloud
  let home: string
  beforeEach(async () => {
    account = await pretendAccount()
    cloud = await awsCloud({ ...account.settings, suffix: freshSuffix() })
    home = mkdtempSync(path.join(tmpdir(), 'demo-'))
  })
  afterEach(async () => {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
    await account.end()
  })

  const left = async () => {
    const clients = openClients(cloud)
    try {
      return ofSuffix(await findLeftovers(clients), cloud.suffix)
    } finally {
      clients.close()
    }
  }
  const recorded = () => {
    const lines: string[] = []
    return { lines, phase: async (name: string, work: () => Promise<string>) => { lines.push(`${name}: ${await work()}`) } }
  }

  it('deploys, verifies, chats and leaves nothing, and other chats of the account alone', { timeout: 120_000 }, async () => {
    const bench = createWorkbenches(cloud)
    await bench.workbench(solutions).deployer.deploy({ suffix: 'ada' })
    const { lines, phase } = recorded()
    const told: string[] = []

    await playOnAws({ cloud, home, phase, tell: (text) => told.push(text) })

    assert.deepEqual(lines.map((line) => line.replace(/\d+ checks/, 'N checks')), [
      ...steps.flatMap(({ number, name }) => [`toolkit deploy, step ${number}: ${name}`, `verify step ${number}: N checks passed`]),
      'two wscat processes chat: both heard "Ground Control to Major Tom"', `toolkit destroy: ChatStack-${cloud.suffix}`, 'look for what is left: nothing',
    ])
    assert.ok(told.some((line) => /CREATE_COMPLETE +WebsocketConnection/.test(line)), told.slice(0, 20).join('\n'))
    assert.deepEqual(await left(), [])
    const clients = openClients(cloud)
    assert.equal(ofSuffix(await findLeftovers(clients), 'ada').filter(({ kind }) => kind === 'stack').length, 1)
    clients.close()
    bench.remove()
  })

  it('removes what it made when it is interrupted', { timeout: 60_000 }, async () => {
    const interrupted = new AbortController()
    const told: string[] = []
    const phase = async (name: string, work: () => Promise<string>) => {
      if (name === 'toolkit deploy, step 2') interrupted.abort()
      await work()
    }

    await assert.rejects(playOnAws({ cloud, home, phase, signal: interrupted.signal, tell: (text) => told.push(text) }), /The demo was interrupted/)

    assert.deepEqual(await left(), [])
    assert.equal(told.at(-1), 'Nothing of it is left.')
  })

  it('says what it makes and what that costs', () => {
    assert.match(priceOf(cloud).join('\n'), /ChatStack-demo[0-9a-f]{4} .*\n.*about one cent/)
  })
})
