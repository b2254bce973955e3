import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { root } from '../lib/paths.ts'
import { systemClock } from '../local-aws/clock.ts'
import { verify, type Progress } from './index.ts'
import { render } from './render.ts'
import { buildByHand, handlerOf, testAws } from './testing.ts'

/** Longer than a slow machine needs to get there, and short enough for signatures, which may be five minutes off. */
const LONGER = 120_000
const MANAGED = 'arn:aws:iam::aws:policy'

describe('waiting for what AWS needs time for', () => {
  let parts: Awaited<ReturnType<typeof testAws>>
  /** Milliseconds by which the cloud is ahead: it goes on like any clock, and may leap over a delay. */
  let leapt: number
  beforeEach(async () => {
    leapt = 0
    parts = await testAws({ clock: { ...systemClock, now: () => Date.now() + leapt } })
  })
  afterEach(() => parts.stop())

  type Wait = Extract<Progress, { kind: 'wait' }>

  /** @param waiting called each time that verify says that it waits */
  const look = async (steps: number[], waiting: (wait: Wait) => void = () => {}) => {
    const waits: Wait[] = []
    const report = await verify({
      cloud: parts.cloud, steps, patient: true,
      tell(progress) {
        if (progress.kind !== 'wait') return
        waits.push(progress)
        waiting(progress)
      },
    })
    return { report, waits, reasons: [...new Set(waits.map(({ reason }) => reason))] }
  }
  const failureIn = ({ steps: [step] }: Awaited<ReturnType<typeof verify>>) => step!.checks.find(({ status }) => status === 'fail')

  it('passes once a new policy holds, and counts down while it does not', { timeout: 60_000 }, async () => {
    parts.local.faults.set({ kind: 'policy-delay', ms: LONGER })
    await buildByHand(parts, { upTo: 2 })

    const { report, waits, reasons } = await look([1, 2], ({ secondsLeft }) => { if (secondsLeft < 60) leapt = LONGER })

    assert.deepEqual(report.steps.map(({ status }) => status), ['pass', 'pass'], render(report))
    assert.ok(reasons.includes('A new policy takes up to a minute until it holds everywhere'), reasons.join())
    assert.ok(waits.at(-1)!.secondsLeft < 60)
  })

  it('does not wait for a policy that is not there', { timeout: 60_000 }, async () => {
    await buildByHand(parts, { upTo: 2 })
    await parts.aws.iam.detachRolePolicy({ RoleName: 'remember-role', PolicyArn: `${MANAGED}/AmazonDynamoDBFullAccess` })

    const { report, waits } = await look([1])

    assert.equal(failureIn(report)!.id, 'may-put')
    assert.deepEqual(waits, [])
  })

  it('does not wait for a policy that an explicit deny overrules, also where nobody may read policies', { timeout: 60_000 }, async () => {
    await buildByHand(parts, { upTo: 2 })
    await parts.aws.iam.putRolePolicy({
      RoleName: 'remember-role', PolicyName: 'no', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 'dynamodb:PutItem', Resource: '*' }] }),
    })
    parts.local.faults.set({ kind: 'deny', action: 'iam:SimulatePrincipalPolicy' })

    const { report, reasons } = await look([1])

    assert.equal(failureIn(report)!.id, 'stores-the-test-event')
    assert.deepEqual(reasons, [])
  })

  it('does not wait for a grant to another stage than the one it tries', { timeout: 60_000 }, async () => {
    const { apiId } = await buildByHand(parts, { upTo: 3 })
    await parts.aws.iam.detachRolePolicy({ RoleName: 'shout-role', PolicyArn: `${MANAGED}/AmazonAPIGatewayInvokeFullAccess` })
    await parts.aws.iam.putRolePolicy({
      RoleName: 'shout-role', PolicyName: 'post', PolicyDocument: JSON.stringify({
        Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'execute-api:ManageConnections', Resource: `arn:aws:execute-api:us-east-1:000000000000:${apiId}/beta/POST/@connections/*` }],
      }),
    })

    const { report, reasons } = await look([2])

    assert.equal(report.steps[0]!.status, 'pass', render(report))
    assert.ok(!reasons.some((reason) => /policy/.test(reason)), reasons.join())
  })

  it('passes once a stage serves its new deployment, and says that this takes a minute', { timeout: 90_000 }, async () => {
    const { apiId } = await buildByHand(parts)
    const { Items = [] } = await parts.aws.apigatewayv2.getRoutes({ ApiId: apiId })
    const { RouteId, ...route } = Items.find(({ RouteKey }) => RouteKey === 'sendMessage')!
    await parts.aws.apigatewayv2.deleteRoute({ ApiId: apiId, RouteId: RouteId! })
    const deploy = async () => {
      const { DeploymentId } = await parts.aws.apigatewayv2.createDeployment({ ApiId: apiId })
      await parts.aws.apigatewayv2.updateStage({ ApiId: apiId, StageName: 'prod', DeploymentId })
    }
    await deploy()
    await parts.aws.apigatewayv2.createRoute({ ApiId: apiId, RouteKey: 'sendMessage', Target: route.Target })
    parts.local.faults.set({ kind: 'deployment-delay', ms: LONGER })
    await deploy()

    const { report, reasons } = await look([4], () => { leapt = LONGER })

    assert.equal(report.steps[0]!.status, 'pass', render(report))
    assert.ok(reasons.includes('AWS takes about a minute until a stage serves a new deployment'), reasons.join())
  })

  it('waits its turn where deployments come too fast', { timeout: 60_000 }, async () => {
    await buildByHand(parts, { upTo: 2 })
    const calm = parts.local.faults.set({ kind: 'throttle', service: 'apigatewayv2', operation: 'CreateDeployment' })

    const { report, reasons } = await look([1], calm)

    assert.equal(report.steps[0]!.status, 'pass', render(report))
    assert.deepEqual(reasons, ['AWS takes one deployment in 5 seconds per account'])
  })

  it('does not wait where deleting rows is denied for good', { timeout: 60_000 }, async () => {
    const send = readFileSync(path.join(root, 'solutions/02-send-message/sendMessageToConnectedClient.ts'), 'utf8')
    await buildByHand(parts, { upTo: 2, code: { send: handlerOf(send) } })
    parts.local.faults.set({ kind: 'deny', action: 'dynamodb:DeleteItem', principal: 'shout-role' })

    // An explicit deny is never waited for: the fault's words are those of one.
    const { report, reasons } = await look([2])

    assert.equal(failureIn(report)!.id, 'prunes-the-gone')
    assert.ok(!reasons.some((reason) => /policy/.test(reason)), reasons.join())
  })
})
