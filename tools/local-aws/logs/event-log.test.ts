import assert from 'node:assert/strict'
import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { MAX_EVENTS, openEventLog } from './event-log.ts'

const event = (message: string, timestamp = 0) => ({ stream: 's', timestamp, ingestedAt: 0, message })

describe('the file of a log group', () => {
  let folder: string
  beforeEach(async () => { folder = await mkdtemp(path.join(tmpdir(), 'logs-')) })
  afterEach(() => rm(folder, { recursive: true, force: true }))
  const open = () => openEventLog(folder, 'g')
  const messages = (log = open()) => log.events().map(({ message }) => message)
  const lines = async () => (await readFile(path.join(folder, 'g.jsonl'), 'utf8')).trimEnd().split('\n').length

  it('keeps events over a restart, sorted by time', async () => {
    await open().append([event('b\nstill b', 2)])
    await open().append([event('a', 1)])

    assert.deepEqual(messages(), ['a', 'b\nstill b'])
  })

  it('writes what arrives at once, one after the other', async () => {
    const log = open()

    await Promise.all(Array.from({ length: 50 }, (_, index) => log.append([event(`${index}`, index)])))

    assert.deepEqual(messages(), Array.from({ length: 50 }, (_, index) => `${index}`))
  })

  it('loses only the line that a kill cut short', async () => {
    await open().append([event('whole')])
    await appendFile(path.join(folder, 'g.jsonl'), '{"id":2,"stre')

    await open().append([event('after')])

    assert.deepEqual(messages(), ['whole', 'after'])
  })

  it('keeps the newest events, and its file small', async () => {
    const log = open()
    for (let batch = 0; batch < 5; batch++) await log.append(Array.from({ length: MAX_EVENTS / 2 }, (_, index) => event(`${batch}`, batch * MAX_EVENTS + index)))

    assert.equal(log.events().length, MAX_EVENTS)
    assert.equal(messages(log)[0], '3')
    assert.equal(await lines(), MAX_EVENTS)
    assert.equal(open().events().length, MAX_EVENTS)
  })

  it('keeps its file small, too, where lines are long', async () => {
    const log = open()
    const long = 'x'.repeat(250_000)
    for (let batch = 0; batch < 70; batch++) await log.append(Array.from({ length: 4 }, () => event(long)))

    const { size } = await stat(path.join(folder, 'g.jsonl'))
    assert.ok(size < 68 * 1024 * 1024, `${size} bytes`)
    assert.equal(messages().at(-1), long)
  })

  it('writes what a full disk has refused, whole, as soon as there is room', async () => {
    let isFull = false
    const log = openEventLog(folder, 'g', () => { if (isFull) throw new Error('ENOSPC') })
    await log.append([event('before')])
    isFull = true
    await assert.rejects(log.append([event('refused')]), /ENOSPC/)
    await appendFile(path.join(folder, 'g.jsonl'), '{"id":2,"stre') // as much as fitted
    isFull = false

    await log.append([event('after')])

    assert.deepEqual(messages(), ['before', 'refused', 'after'])
  })

  it('forgets a stream, or everything', async () => {
    const log = open()
    await log.append([event('a'), { ...event('b'), stream: 'other' }])

    await log.drop('s')
    assert.deepEqual(messages(), ['b'])
    await log.remove()
    assert.deepEqual(messages(), [])
  })
})
