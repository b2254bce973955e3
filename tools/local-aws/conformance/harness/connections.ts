import { chat, member } from './apis.ts'
import { recordedEvent } from './functions.ts'
import { call, type Answer, type Request } from './http.ts'
import type { Keys } from './sdk.ts'
import type { World } from './world.ts'

export type Ask = Request & { stage?: string, keys?: Keys, id: string, raw?: boolean }

/** A signed call of `@connections` on the chat, bytes as they came. */
export async function ask(world: World, { id, stage = 'beta', keys, raw = false, ...request }: Ask): Promise<Answer> {
  const { apiId } = await chat(world)
  const base = world.cloud.managementEndpoint(apiId, stage)
  const path = `${new URL(base).pathname}/@connections/${raw ? id : encodeURIComponent(id)}`
  return call(world, { service: 'execute-api', base: new URL(base).origin, keys }, { ...request, path })
}
export const post = (world: World, id: string, body: string | Buffer, more: Partial<Ask> = {}) => ask(world, { method: 'POST', id, body, ...more })

/** Status, error type and body. */
export const seen = ({ status, headers, body }: Answer) => [status, headers['x-amzn-errortype'], body]
export const GONE = [410, 'GoneException', '']

/** The id of a client that has gone. */
export const goneId = (world: World) => world.once('gone id', async () => {
  const client = await member(world)
  await client.close()
  await recordedEvent(world, client.id, 'DISCONNECT')
  return client.id
})
