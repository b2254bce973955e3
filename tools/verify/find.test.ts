import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { KitError } from '../lib/kit-error.ts'
import { findChat } from './find.ts'
import { functionIn } from './read-chat.ts'
import { buildByHand, testAws } from './testing.ts'

const uri = (arn: string) => `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${arn}/invocations`

describe('functionIn', () => {
  it('reads the function out of an integration URI, with or without an alias', () => {
    assert.equal(functionIn(uri('arn:aws:lambda:eu-west-1:111122223333:function:put-it')), 'put-it')
    assert.equal(functionIn(uri('arn:aws:lambda:eu-west-1:111122223333:function:put-it:live')), 'put-it')
    assert.equal(functionIn(''), undefined)
    assert.equal(functionIn(undefined), undefined)
  })
})

describe('findChat', () => {
  let parts: Awaited<ReturnType<typeof testAws>>
  before(async () => { parts = await testAws() })
  after(() => parts.stop())
  const chat = (apiId?: string) => findChat({ ...parts, apiId })

  it('finds nothing in an empty account', async () => {
    const { api, stage, table, function: functionOf, routes } = chat()

    assert.deepEqual([await api(), await stage(), await table(), await functionOf('putConnectedClientToDDB'), await routes()], [undefined, undefined, undefined, undefined, []])
  })

  it('follows the wiring of a chat made by hand, whatever it is called, also before there is a route for messages', async () => {
    const { apiId } = await buildByHand(parts, { upTo: 2 })
    const found = chat()

    assert.equal((await found.api())?.id, apiId)
    assert.equal((await found.function('putConnectedClientToDDB'))?.name, 'remember')
    assert.equal((await found.function('sendMessageToConnectedClient'))?.name, 'shout')
    assert.deepEqual((await found.table())?.keys, [{ name: 'connectionId', role: 'HASH', type: 'S' }])
    assert.deepEqual((await found.routes()).map(({ key, functionName, mayInvoke }) => ({ key, functionName, mayInvoke })), [{ key: '$connect', functionName: 'remember', mayInvoke: true }])
  })

  it('lists the candidates and asks, where several APIs could be the participant\'s', async () => {
    const { ApiId } = await parts.aws.apigatewayv2.createApi({ Name: 'Another talk', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' })

    await assert.rejects(chat().api(), (error) => error instanceof KitError && /There are 2 WebSocket APIs.*"Lunch talk".*"Another talk"|"Another talk".*"Lunch talk"/.test(error.failure.what) && /api=/.test(error.failure.next!))
    assert.equal((await chat(ApiId).api())?.name, 'Another talk')
  })

  it('takes no API that is named after somebody else\'s suffix', async () => {
    const { ApiId } = await parts.aws.apigatewayv2.createApi({ Name: 'My Chat API-bob', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' })

    await assert.rejects(chat().api(), /There are 2 WebSocket APIs/)
    await parts.aws.apigatewayv2.deleteApi({ ApiId })
  })

  it('lets the seed\'s name break the tie', async () => {
    const { ApiId } = await parts.aws.apigatewayv2.createApi({ Name: 'My Chat API', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' })

    assert.equal((await chat().api())?.id, ApiId)
  })
})
