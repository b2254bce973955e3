import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { startGateway } from './gateway-testing.ts'

let gateway: Awaited<ReturnType<typeof startGateway>>
before(async () => { gateway = await startGateway({}) })
after(() => gateway.stop())
const control: (typeof gateway)['control'] = (...args) => gateway.control(...args)

const Schema = '{"type": "object", "required": ["data"]}'

describe('models', () => {
  it('are made, changed, listed and removed', async () => {
    const { apiId: ApiId } = await gateway.api({})
    const { ModelId, ...made } = await control('CreateModel', { ApiId, Name: 'Message', Schema, Description: 'what people say' })

    assert.deepEqual(made, { ContentType: 'application/json', Name: 'Message', Schema, Description: 'what people say' })
    assert.equal((await control('UpdateModel', { ApiId, ModelId, Schema: '{}', Description: '' })).Description, undefined)
    assert.deepEqual((await control('GetModels', { ApiId })).Items, [await control('GetModel', { ApiId, ModelId })])
    await control('DeleteModel', { ApiId, ModelId })
    await assert.rejects(control('GetModel', { ApiId, ModelId }), { name: 'NotFoundException' })
  })

  it('are refused without a name of letters and digits, with a name that is taken, and with what is no schema', async () => {
    const { apiId: ApiId } = await gateway.api({})
    await control('CreateModel', { ApiId, Name: 'Message', Schema })

    await assert.rejects(control('CreateModel', { ApiId, Name: 'my message', Schema }), { name: 'BadRequestException' })
    await assert.rejects(control('CreateModel', { ApiId, Name: 'Message', Schema }), { name: 'ConflictException' })
    for (const wrong of ['', 'words', '[]', '{"type": "text"}', `${'{"not":'.repeat(30_000)}{}${'}'.repeat(30_000)}`])
      await assert.rejects(control('CreateModel', { ApiId, Name: 'Other', Schema: wrong }), { name: 'BadRequestException' }, wrong.slice(0, 20))
  })

  it('are known to the routes that name them, and stay as long as those', async () => {
    const { apiId: ApiId, routes } = await gateway.api({ send: { mock: true } })
    await assert.rejects(control('UpdateRoute', { ApiId, RouteId: routes.send, RequestModels: { $default: 'Message' } }), { name: 'NotFoundException' })
    const { ModelId } = await control('CreateModel', { ApiId, Name: 'Message', Schema })
    await control('UpdateRoute', { ApiId, RouteId: routes.send, RequestModels: { $default: 'Message' } })

    await assert.rejects(control('DeleteModel', { ApiId, ModelId }), { name: 'ConflictException', message: 'Cannot delete model \'Message\', is referenced in route: send' })
    await control('DeleteRoute', { ApiId, RouteId: routes.send })
    await control('DeleteModel', { ApiId, ModelId })
  })
})
