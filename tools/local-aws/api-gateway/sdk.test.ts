import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { ApiGatewayManagementApiClient, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi'
import * as sdk from '@aws-sdk/client-apigatewayv2'
import { startTestCloud } from '../testing.ts'
import { openClient, refusalOf } from './gateway-testing.ts'

let aws: Awaited<ReturnType<typeof startTestCloud>>
let client: sdk.ApiGatewayV2Client
before(async () => {
  aws = await startTestCloud()
  client = new sdk.ApiGatewayV2Client({ ...aws.client, maxAttempts: 1 })
})
after(async () => {
  client.destroy()
  await aws.stop()
})

const createApi = async () => (await client.send(new sdk.CreateApiCommand({ Name: 'chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' }))).ApiId!

describe('API Gateway over the wire', () => {
  it('makes an API that clients can reach', async () => {
    const ApiId = await createApi()
    const { IntegrationId } = await client.send(new sdk.CreateIntegrationCommand({ ApiId, IntegrationType: 'MOCK' }))
    await client.send(new sdk.CreateRouteCommand({ ApiId, RouteKey: '$default', Target: `integrations/${IntegrationId}` }))
    await client.send(new sdk.CreateStageCommand({ ApiId, StageName: 'beta' }))
    const url = `${aws.url.replace('http', 'ws')}/${ApiId}/beta`

    const undeployed = await refusalOf(openClient(url))
    await client.send(new sdk.CreateDeploymentCommand({ ApiId, StageName: 'beta' }))
    const opened = new Promise<string>((resolve) => { aws.events.on((event) => { if (event.kind === 'connection' && event.change === 'opened') resolve(event.connectionId) }) })
    const visitor = await openClient(url)
    const management = new ApiGatewayManagementApiClient({ ...aws.client, endpoint: `${aws.url}/${ApiId}/beta` })
    await management.send(new PostToConnectionCommand({ ConnectionId: await opened, Data: 'hello' }))

    assert.equal(undeployed.status, 403)
    assert.equal(await visitor.next(), 'hello')
    const { Items } = await client.send(new sdk.GetStagesCommand({ ApiId }))
    assert.ok(Items![0]!.LastUpdatedDate instanceof Date)
    management.destroy()
    await visitor.close()
  })

  it('C1.4 throws the classes of the SDK', async () => {
    const ApiId = await createApi()
    await client.send(new sdk.CreateStageCommand({ ApiId, StageName: 'beta' }))

    await assert.rejects(client.send(new sdk.GetApiCommand({ ApiId: 'abcdefghij' })), (error: unknown) => error instanceof sdk.NotFoundException && error.message === 'Invalid API identifier specified 000000000000:abcdefghij')
    await assert.rejects(client.send(new sdk.CreateStageCommand({ ApiId, StageName: 'beta' })), (error: unknown) => error instanceof sdk.ConflictException && error.$metadata.httpStatusCode === 409)
    await assert.rejects(client.send(new sdk.CreateDeploymentCommand({ ApiId })), (error: unknown) => error instanceof sdk.BadRequestException && error.$metadata.httpStatusCode === 400)
  })

  it('A12.11 limits CreateDeployment while a throttle fault says so', async () => {
    const ApiId = await createApi()
    const undo = aws.faults.set({ kind: 'throttle', service: 'apigatewayv2', operation: 'CreateDeployment' })

    await assert.rejects(client.send(new sdk.CreateDeploymentCommand({ ApiId })), (error: unknown) => error instanceof sdk.TooManyRequestsException)
    undo()
  })

  it('C1.5 asks IAM', async () => {
    const undo = aws.faults.set({ kind: 'deny', action: 'apigateway:DELETE' })

    await assert.rejects(client.send(new sdk.DeleteApiCommand({ ApiId: await createApi() })), { name: 'AccessDeniedException', message: /is not authorized to perform: apigateway:DELETE on resource: arn:aws:apigateway:us-east-1::\/apis\/[a-z0-9]{10}/ })
    undo()
  })

  it('says which operation is not built', async () => {
    await assert.rejects(client.send(new sdk.GetVpcLinksCommand({})), { message: /apigatewayv2 GetVpcLinks is not built into the local AWS/ })
  })
})
