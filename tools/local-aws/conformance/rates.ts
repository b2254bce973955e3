import assert from 'node:assert/strict'
import { localFact, section } from './fact.ts'
import { makeApi } from './harness/apis.ts'
import { refused } from './harness/sdk.ts'
import { connect, knock } from './harness/socket.ts'
import { withStillClock } from './harness/still-clock.ts'
import type { World } from './harness/world.ts'

const DOCS = '2026-11'
const OK = { mock: { statusCode: 200 } }

/** A client, and what a number of its messages come to: how many were answered `Too Many Requests`. */
async function talker(world: World, stageSettings: object = {}) {
  const api = await makeApi(world, 'rates', { $connect: OK, tick: OK, other: OK }, { stageSettings })
  let ConnectionId = ''
  const stop = world.local!.events.on((event) => { if (event.kind === 'connection' && event.change === 'opened') ConnectionId = event.connectionId })
  const client = await connect(api.url)
  stop()
  return {
    api, client, ConnectionId,
    async refusedOf(count: number, action = 'tick') {
      for (let i = 0; i < count; i++) client.send({ action })
      // Nobody answers this one but the gateway, so it is the last to come.
      client.send({ action: 'nowhere' })
      for (let refusals = 0; ; refusals++) if (JSON.parse(await client.next()).message !== 'Too Many Requests') return refusals
    },
  }
}

export const rates = section('A12, A15 rates', [
  localFact('clock', 'A12.1', 'D', '500 new connections per second are let in', 'WSQ', DOCS, () => withStillClock(async (world, advance) => {
    const { url } = await makeApi(world, 'crowd', { $connect: { mock: { statusCode: 403 } } })
    const statuses = async (count: number) => {
      const answers = await Promise.all(Array.from({ length: count }, () => knock(url)))
      return answers.filter(({ status }) => status === 429).length
    }

    assert.equal(await statuses(250) + await statuses(250), 0)
    assert.equal(await statuses(20), 20)
    await advance(1_000)
    assert.equal(await statuses(20), 0)
  })),
  localFact('clock', 'A12.3', 'D', '10,000 requests per second with bursts of 5,000, shared by messages and @connections', 'GWQ', DOCS, () => withStillClock(async (world, advance) => {
    const { api, client, ConnectionId, refusedOf } = await talker(world)
    const look = () => refused(world.aws.connections(api.apiId, api.stage).getConnection({ ConnectionId }))

    assert.equal(await refusedOf(5_000), 0)
    assert.equal(await refusedOf(3), 3)
    assert.equal((await look())[0], 429)
    await advance(1)
    assert.equal(await refusedOf(12), 2)
    await client.close()
  })),
  localFact('clock', 'A15.3', 'D', 'throttles are token buckets: of a stage for each of its routes, of a route where it has its own', 'GDG/websocket-api-protect.html', DOCS, () => withStillClock(async (world, advance) => {
    const { client, refusedOf } = await talker(world, {
      DefaultRouteSettings: { ThrottlingRateLimit: 2, ThrottlingBurstLimit: 3 }, RouteSettings: { other: { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 } },
    })

    assert.deepEqual([await refusedOf(5), await refusedOf(5, 'other')], [2, 4])
    await advance(1_000)
    assert.deepEqual([await refusedOf(5), await refusedOf(5, 'other')], [3, 4])
    await client.close()
  })),
])
