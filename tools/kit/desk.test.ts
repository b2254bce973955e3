import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { KitError } from '../lib/kit-error.ts'
import { verify } from '../verify/index.ts'
import { awsCloud } from './aws/cloud.ts'
import { inPlainWords } from './aws/failure.ts'
import { pretendAccount } from './aws/testing.ts'
import { createWorkbenches, solutions } from './deployer/testing.ts'
import { openDesk } from './desk.ts'

const thrown = (work: Promise<unknown>): Promise<unknown> => work.then(() => assert.fail('it did not fail'), inPlainWords)

describe('a session on aws whose token expires', () => {
  let account: Awaited<ReturnType<typeof pretendAccount>>
  let session: Awaited<ReturnType<Awaited<ReturnType<typeof pretendAccount>>['shortSession']>>
  beforeEach(async () => {
    account = await pretendAccount()
    process.env.WORKSHOP_CLOUD = 'aws'
    session = await account.shortSession()
    account.exportKeys(session.keys)
  })
  afterEach(() => account.end())

  const isSignIn = (error: unknown) => {
    assert.ok(error instanceof KitError, String(error))
    assert.equal(error.failure.what, 'The AWS session has expired.')
    assert.match(error.failure.next!, /^Export fresh keys .*then run the same command again/)
  }

  // The clock that this moves makes the SDK try again, as for a computer whose clock is off; AWS's own expiry is told at once.
  it('is told at the deploy, with how to sign in, and goes on after that', { timeout: 60_000 }, async () => {
    const connect = () => awsCloud(account.settings)
    const cloud = await connect()
    const desk = await openDesk(cloud, connect)
    const { workbench, remove } = createWorkbenches(cloud)
    const { deployer } = workbench(solutions)
    session.expire()

    const error = await deployer.deploy({ upTo: 1 }).catch((caught: unknown) => caught)

    isSignIn(await inPlainWords(error))
    await desk.tell(error)
    isSignIn(await thrown(desk.ready()))
    session.renew()
    account.exportKeys(account.local.keys)
    const again = await desk.ready()
    assert.equal(again.cloud.account, '000000000000')
    assert.equal((await again.deployer.synth({ upTo: 1 })).template.Resources !== undefined, true)
    assert.equal(await desk.ready(), again)
    desk.close()
    deployer.close()
    remove()
  })

  it('ends verify at the check where it happens, and is no verdict on anybody\'s work', { timeout: 60_000 }, async () => {
    const cloud = await awsCloud(account.settings)
    const { workbench, remove } = createWorkbenches(cloud)
    const { deployer } = workbench(solutions)
    await deployer.deploy({ upTo: 2 })
    let reached = 0

    const error = await thrown(verify({
      cloud, steps: [1, 2],
      tell: (progress) => {
        if (progress.kind === 'check') reached++
        if (progress.kind === 'check' && /role may put/.test(progress.title)) session.expire()
      },
    }))

    isSignIn(error)
    assert.ok(reached < 12, `${reached} checks`)
    remove()
  })
})
