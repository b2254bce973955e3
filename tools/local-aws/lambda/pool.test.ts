import assert from 'node:assert/strict'
import { once } from 'node:events'
import net, { type AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { manualClock } from '../clock.ts'
import { stateOf } from './function-store.ts'
import { lambdaAlone, place, type LambdaAlone } from './testing.ts'

const PID = 'exports.handler = async ({ ms = 0 }) => { await new Promise((resolve) => setTimeout(resolve, ms)); return process.pid }'
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
async function gone(pid: number) {
  const deadline = Date.now() + 5_000
  while (isAlive(pid)) {
    assert.ok(Date.now() < deadline, `process ${pid} still runs after 5 s`)
    await new Promise((resolve) => { setTimeout(resolve, 10) })
  }
}

describe('Execution environments', () => {
  const clock = manualClock()
  let lambda: LambdaAlone
  beforeEach(async () => {
    lambda = await lambdaAlone({ clock })
    await lambda.create('pid', PID)
  })
  afterEach(() => lambda.stop())
  const pid = async (ms = 0): Promise<number> => (await lambda.invoke('pid', { ms })).answer

  it('are used again, one invocation at a time', async () => {
    assert.equal(await pid(), await pid())
    const parallel = await Promise.all([pid(200), pid(200), pid(200)])
    assert.equal(new Set(parallel).size, 3)
    assert.equal(new Set(lambda.streams()).size, 3)
  })

  it('are bounded by the account (D4.19)', async () => {
    stateOf(lambda.cloud, place).data.concurrentExecutions = 2
    const busy = Promise.all([pid(300), pid(300)])

    await assert.rejects(pid(), { name: 'TooManyRequestsException', status: 429, message: 'Rate Exceeded.', fields: { Type: 'User', Reason: 'ConcurrentInvocationLimitExceeded' } })
    assert.equal((await busy).length, 2)
    assert.ok(await pid())
  })

  it('are bounded by the reservation of the function (D4.19)', async () => {
    await lambda.call('PutFunctionConcurrency', { FunctionName: 'pid', ReservedConcurrentExecutions: 0 })
    await assert.rejects(pid(), { name: 'TooManyRequestsException', fields: { Type: 'User', Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' } })
    assert.deepEqual(await lambda.call('GetFunctionConcurrency', { FunctionName: 'pid' }), { ReservedConcurrentExecutions: 0 })

    await assert.rejects(lambda.call('PutFunctionConcurrency', { FunctionName: 'pid', ReservedConcurrentExecutions: 1 }), {
      name: 'InvalidParameterValueException', message: "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [10].",
    })
    await lambda.call('DeleteFunctionConcurrency', { FunctionName: 'pid' })
    assert.ok(await pid())
  })

  it('end when nobody used them for a while', async () => {
    const first = await pid()
    clock.advance(301_000)
    await gone(first)
    assert.notEqual(await pid(), first)
  })

  it('end with the function, after a busy one has finished', async () => {
    const idle = await pid()
    const busy = pid(300)
    await new Promise((resolve) => { setImmediate(resolve) })
    await lambda.call('DeleteFunction', { FunctionName: 'pid' })
    assert.equal(await busy, idle)
    await gone(idle)
  })

  it('end with the cloud, also in the middle of an invocation', async () => {
    const one = await pid()
    await lambda.stop()
    await gone(one)
    lambda = await lambdaAlone()
  })

  it('do not begin any more while the cloud ends, and leave nothing behind', async () => {
    const begun = pid()
    const ended = lambda.stop()

    await assert.rejects(begun, { name: 'ServiceException', message: 'The local AWS has stopped.' })
    await ended
    lambda = await lambdaAlone()
  })

  it('are frozen between invocations: a timer goes on in the next one (A13.5, D4.22)', async () => {
    await lambda.create('floating', `
      let firedAt
      exports.handler = async ({ wait }) => {
        if (wait) await new Promise((resolve) => setTimeout(resolve, wait))
        else setTimeout(() => { firedAt = Date.now() }, 20)
        return firedAt
      }`)

    await lambda.invoke('floating', {})
    await new Promise((resolve) => { setTimeout(resolve, 60) })
    const next = Date.now()
    const { answer: firedAt } = await lambda.invoke('floating', { wait: 10 })

    assert.ok(firedAt >= next, `the timer ran ${next - firedAt} ms before the next invocation`)
  })

  it('do not send on connections that were closed while they were frozen', async () => {
    const server = net.createServer((socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok', () => { setTimeout(() => socket.end(() => server.emit('closed by us')), 20) })
      })
    })
    const closed = once(server, 'closed by us')
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as AddressInfo
    await lambda.create('client', `
      const http = require('http'), agent = new http.Agent({ keepAlive: true })
      exports.handler = () => new Promise((resolve) => http.get({ port: ${port}, host: '127.0.0.1', agent }, (answer) => answer.resume().on('end', () => resolve('ok'))).on('error', ({ code }) => resolve(code)))
    `, { Runtime: 'nodejs24.x' })

    assert.equal((await lambda.invoke('client')).answer, 'ok')
    await closed
    assert.equal((await lambda.invoke('client')).answer, 'ok')
    server.close()
  })
})
