import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { isWebSocketUrl, readEventFacts } from './event-facts.ts'

describe('the facts of an event', () => {
  let folder: string
  const packageWith = (workshop: object | undefined) => {
    const file = path.join(folder, 'package.json')
    writeFileSync(file, JSON.stringify({ workshop }))
    return file
  }
  before(() => { folder = mkdtempSync(path.join(tmpdir(), 'workshop-facts-')) })
  after(() => rmSync(folder, { recursive: true, force: true }))

  it('are what package.json says, and what is empty is not there', () => {
    const facts = readEventFacts({}, packageWith({ sharedUrl: '', account: '111122223333', region: ' ', minutes: 90 }))

    assert.deepEqual(facts, { sharedUrl: undefined, account: '111122223333', region: undefined, minutes: 90 })
  })

  it('are two hours and nothing else where nobody decided', () => {
    assert.deepEqual(readEventFacts({}, packageWith(undefined)), { sharedUrl: undefined, account: undefined, region: undefined, minutes: 120 })
  })

  it('are overridden by the environment', () => {
    const environment = { WORKSHOP_SHARED_URL: 'ws://192.168.1.20:4567/copper-otter-lamp', WORKSHOP_ACCOUNT: '444455556666', WORKSHOP_REGION: 'eu-west-1', WORKSHOP_MINUTES: '45' }

    assert.deepEqual(readEventFacts(environment, packageWith({ account: '111122223333', minutes: 90 })), {
      sharedUrl: 'ws://192.168.1.20:4567/copper-otter-lamp', account: '444455556666', region: 'eu-west-1', minutes: 45,
    })
  })

  it('cannot be anything, and the message says where it came from', () => {
    const of = (environment: NodeJS.ProcessEnv, workshop: object = {}) => () => readEventFacts(environment, packageWith(workshop))

    assert.throws(of({ WORKSHOP_SHARED_URL: 'https://example.com' }), (error: any) => error.failure.where === 'WORKSHOP_SHARED_URL' && /must be like wss:.*got "https:\/\/example.com"/.test(error.message))
    assert.throws(of({}, { account: '12' }), (error: any) => error.failure.where === 'package.json, key "workshop"')
    assert.throws(of({}, { region: 'Ireland' }), /"region" of this event must be like eu-west-1/)
    assert.throws(of({}, { minutes: 'two hours' }), /"minutes"/)
  })
})

describe('isWebSocketUrl', () => {
  it('tells what a WebSocket client connects to', () => {
    assert.deepEqual(['wss://a.example/beta', 'ws://127.0.0.1:4566/x', 'http://a.example', 'a.example', ''].map(isWebSocketUrl), [true, true, false, false, false])
  })
})
