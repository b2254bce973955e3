import assert from 'node:assert/strict'
import path from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { root } from '../lib/paths.ts'
import { verify, type Report } from './index.ts'
import { render } from './render.ts'
import { buildByHand, testAws } from './testing.ts'

const tree = path.join(root, 'solutions')
const notes = (report: Report) => report.steps[0]!.checks.flatMap(({ note }) => note ?? [])
const passes = (report: Report) => assert.equal(report.steps[0]!.status, 'pass', render(report))

describe('verify of step 5', () => {
  let parts: Awaited<ReturnType<typeof testAws>>
  let apiId: string
  beforeEach(async () => {
    parts = await testAws()
    apiId = (await buildByHand(parts)).apiId
  })
  afterEach(() => parts.stop())

  const verified = () => verify({ cloud: parts.cloud, steps: [5], tree })
  const routeId = async (key: string) => (await parts.aws.apigatewayv2.getRoutes({ ApiId: apiId })).Items!.find(({ RouteKey }) => RouteKey === key)!.RouteId
  const apis = async () => (await parts.aws.apigatewayv2.getApis({})).Items!.map(({ Name }) => Name)

  it('takes $default out of an API of its own, leaves the participant\'s alone, and removes its own', async () => {
    const before = await parts.aws.apigatewayv2.getRoutes({ ApiId: apiId })

    passes(await verified())

    assert.deepEqual((await parts.aws.apigatewayv2.getRoutes({ ApiId: apiId })).Items, before.Items)
    assert.deepEqual(await apis(), ['Lunch talk'])
  })

  it('takes AWS\'s word where whoever verifies may make no API, and says so', async () => {
    parts.local.faults.set({ kind: 'deny', action: 'apigateway:POST' })

    const report = await verified()

    passes(report)
    assert.match(notes(report).join('\n'), /^taken from AWS's documentation, not tried: .* may not make an API for it$/)
  })

  it('passes where the participant has taken $default out', async () => {
    await parts.aws.apigatewayv2.deleteRoute({ ApiId: apiId, RouteId: await routeId('$default') })

    const report = await verified()

    passes(report)
    assert.match(notes(report).join('\n'), /a mock: yours is not there/)
  })

  it('passes where a function has taken the place of the mock on $default, and says how it was tried', async () => {
    const { Items = [] } = await parts.aws.apigatewayv2.getRoutes({ ApiId: apiId })
    const { Target } = Items.find(({ RouteKey }) => RouteKey === 'sendMessage')!
    await parts.aws.apigatewayv2.updateRoute({ ApiId: apiId, RouteId: await routeId('$default'), Target })

    const report = await verified()

    passes(report)
    assert.equal(notes(report).filter((note) => /yours leads to shout/.test(note)).length, 4, notes(report).join('\n'))
  })
})
