import assert from 'node:assert/strict'
import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { manualClock } from '../clock.ts'
import { servePackage } from './index.ts'
import { lambdaAlone, zipOf, type LambdaAlone } from './testing.ts'

const statusOf = async (url: string) => (await fetch(url)).status

describe('The address of a package (GetFunction)', () => {
  const clock = manualClock()
  const zip = zipOf({ 'index.js': 'exports.handler = async () => 1' })
  let lambda: LambdaAlone
  const server = http.createServer(async (request, response) => {
    if (!(await servePackage(lambda.cloud, request, response))) response.writeHead(404).end()
  })
  before(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening')
    lambda = await lambdaAlone({ clock, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
    await lambda.create('chat', '', { Code: { ZipFile: zip } })
  })
  after(async () => {
    server.close()
    server.closeAllConnections()
    await lambda.stop()
  })
  const location = async () => (await lambda.call('GetFunction', { FunctionName: 'chat' })).Code!.Location!

  it('gives the package as it was uploaded', async () => {
    const answer = await fetch(await location())
    assert.equal(answer.status, 200)
    assert.deepEqual(new Uint8Array(await answer.arrayBuffer()), zip)
  })

  it('works only as it was given, and for ten minutes', async () => {
    const good = await location()

    assert.equal(await statusOf(good.replace(/expires=\d+/, 'expires=99999999999999')), 403)
    assert.equal(await statusOf(good.replace(/.$/, (last) => (last === '0' ? '1' : '0'))), 403)
    assert.equal(await statusOf(good.replace('us-east-1', 'eu-west-1')), 403)
    assert.equal(await statusOf(good.replace(/_lambda-code\/.*/, '_lambda-code/..%2f..')), 403)
    assert.equal(await statusOf(good.replace('_lambda-code', 'other')), 404)
    clock.advance(600_001)
    assert.equal(await statusOf(good), 403)
  })
})
