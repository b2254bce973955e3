import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { solutions } from '../deployer/testing.ts'
import { buildAndRemove } from './execution-scene.ts'
import { participate } from './participant-scene.ts'
import { isSame, policyStage, readPolicy, rightsIn, without } from './testing.ts'
import { outcomeOf, removeProbes, scenes } from './verify-scenes.ts'

type Stage = Awaited<ReturnType<typeof policyStage>>

describe('verify with one right less', () => {
  const policy = readPolicy('verify')
  let stage: Stage
  let person: Awaited<ReturnType<Stage['person']>>
  const whole = new Map<string, string>()
  before(async () => {
    stage = await policyStage()
    for (const { suffix, upTo, change, spoil } of scenes) {
      if (upTo === undefined) continue
      const bench = stage.workbench(solutions)
      change?.(bench)
      await bench.deployer.deploy({ suffix, upTo })
      await spoil?.(stage.aws)
      bench.deployer.close()
    }
    person = await stage.person('eve', policy)
    for (const scene of scenes) whole.set(scene.suffix, await outcomeOf(person.cloud, scene))
    assert.deepEqual(stage.denied.filter((one) => one.startsWith('user/')), [])
  })
  after(() => stage.stop())

  for (const right of rightsIn(policy)) it(`fails without ${right.action} (${right.sid})`, { timeout: 60_000 }, async () => {
    await person.allow(without(policy, right))
    const different: string[] = []
    for (const scene of scenes) {
      if (await outcomeOf(person.cloud, scene) !== whole.get(scene.suffix)) different.push(scene.suffix)
      if (different.length > 0) break
    }
    await person.allow(policy)
    await removeProbes(stage.aws)

    assert.notDeepEqual(different, [], 'every scene ends as it does with the whole policy')
  })
})

describe('a participant with one right less', () => {
  const policy = readPolicy('participant')
  const ofVerify = rightsIn(readPolicy('verify'))
  let stage: Stage
  let person: Awaited<ReturnType<Stage['person']>>
  before(async () => {
    stage = await policyStage()
    person = await stage.person('ada', policy)
    assert.equal(await participate({ ...stage, cloud: person.cloud }), 'nothing is left')
  })
  after(() => stage.stop())

  for (const right of rightsIn(policy).filter((right) => !ofVerify.some((other) => isSame(right, other)))) it(`fails without ${right.action} (${right.sid})`, { timeout: 60_000 }, async () => {
    await person.allow(without(policy, right))

    const outcome = await participate({ ...stage, cloud: person.cloud })

    await person.allow(policy)
    assert.notEqual(outcome, 'nothing is left')
  })
})

describe('CloudFormation with one right less', () => {
  const policy = readPolicy('cloudformation-execution')
  let stage: Stage
  let execution: Awaited<ReturnType<Stage['execution']>>
  before(async () => {
    stage = await policyStage()
    execution = await stage.execution(policy)
    assert.equal(await buildAndRemove({ ...stage, regain: async () => {} }), 'built and removed')
  })
  after(() => stage.stop())

  for (const right of rightsIn(policy)) it(`fails without ${right.action} (${right.sid})`, { timeout: 60_000 }, async () => {
    await execution.allow(without(policy, right))

    const outcome = await buildAndRemove({ ...stage, regain: () => execution.allow(policy) })

    assert.match(outcome, /^refused: /)
  })
})
