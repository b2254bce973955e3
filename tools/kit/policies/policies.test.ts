import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { root } from '../../lib/paths.ts'
import type { DeployFailure } from '../deployer/failure.ts'
import { solutions } from '../deployer/testing.ts'
import { buildAndRemove } from './execution-scene.ts'
import { participate } from './participant-scene.ts'
import { isSame, policyFile, policyStage, readPolicy, rightsIn, without, type Policy } from './testing.ts'
import { outcomeOf, scenes } from './verify-scenes.ts'

const NAMES = ['cloudformation-execution', 'participant', 'verify']
/** A managed policy may have so many characters, blanks not counted. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MOST_CHARACTERS = 6_144

describe('the policies in docs/policies', () => {
  for (const name of NAMES) it(`${name} is short enough, names what it allows, and is explained`, () => {
    const text = readFileSync(policyFile(name), 'utf8')
    const { Statement } = JSON.parse(text) as Policy

    assert.ok(text.replaceAll(/\s/g, '').length <= MOST_CHARACTERS)
    for (const { Action, Sid } of Statement) {
      assert.match(Sid, /^[A-Za-z0-9]+$/)
      assert.ok(Action.every((action) => !action.includes('*')), Sid)
    }
    assert.ok(existsSync(path.join(root, 'docs/policies', `${name}.md`)))
    const page = readFileSync(path.join(root, 'docs/policies', `${name}.md`), 'utf8')
    assert.deepEqual(Statement.map(({ Sid }) => Sid).filter((sid) => !page.includes(`\`${sid}\``)), [])
  })

  it('let a participant do all that verify needs', () => {
    const participant = rightsIn(readPolicy('participant'))

    assert.deepEqual(rightsIn(readPolicy('verify')).filter((right) => !participant.some((other) => isSame(right, other))), [])
  })
})

const assertPassed = (outcome: string) => assert.ok(JSON.parse(outcome).every(({ status }: { status: string }) => status === 'pass'), outcome)

describe('on the local AWS, with exactly these policies', () => {
  let stage: Awaited<ReturnType<typeof policyStage>>
  beforeEach(async () => { stage = await policyStage() })
  afterEach(() => stage.stop())

  it('CloudFormation builds, changes and removes the chat, and a participant deploys it, verifies it and leaves nothing', { timeout: 120_000 }, async () => {
    const policy = readPolicy('cloudformation-execution')
    await stage.execution(policy)
    const { cloud } = await stage.person('ada', readPolicy('participant'))

    assert.equal(await buildAndRemove({ ...stage, regain: async () => {} }), 'built and removed')
    assert.equal(await participate({ ...stage, cloud }), 'nothing is left')
    const { deployer } = stage.workbench(solutions)
    await deployer.deploy({ suffix: 'whole' })
    const outcome = await outcomeOf(cloud, scenes.find(({ suffix }) => suffix === 'whole')!)

    assertPassed(outcome)
    assert.deepEqual(stage.denied, [])
  })

  it('someone with the policy for verify alone verifies, and can change nothing', { timeout: 60_000 }, async () => {
    const { cloud } = await stage.person('eve', readPolicy('verify'))
    const { deployer } = stage.workbench(solutions)
    await deployer.deploy({ suffix: 'whole' })

    const outcome = await outcomeOf(cloud, scenes.find(({ suffix }) => suffix === 'whole')!)

    assertPassed(outcome)
    assert.deepEqual(stage.denied, [])
    assert.match(await participate({ ...stage, cloud }), /^it ended with/)
  })

  it('one action less fails', { timeout: 120_000 }, async () => {
    const policy = readPolicy('cloudformation-execution')
    const { allow } = await stage.execution(policy)
    await allow(without(policy, rightsIn(policy).find(({ action }) => action === 'logs:PutRetentionPolicy')!))

    assert.match(await buildAndRemove({ ...stage, regain: () => allow(policy) }), /logs:PutRetentionPolicy/)
  })

  it('a role that may not read the version of the bootstrap is told of at once, with the mistake that it is', { timeout: 60_000 }, async () => {
    const policy = readPolicy('cloudformation-execution')
    const { allow } = await stage.execution(policy)
    await allow({ ...policy, Statement: policy.Statement.filter(({ Action }) => !Action.some((action) => action.startsWith('ssm:'))) })
    const { deployer } = stage.workbench(solutions, { timeoutMs: 15_000 })

    await assert.rejects(deployer.deploy({ upTo: 1 }), ({ phase, reason, causes }: DeployFailure) => {
      assert.equal(phase, 'stack') // and no timeout
      assert.match(reason, /AccessDenied\. User doesn't have permission to call ssm:GetParameters$/)
      assert.deepEqual(causes.map(({ id }) => id), ['rights-missing'])
      return true
    })
  })
})
