import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ChosenCloud } from '../lib/cloud.ts'
import { shownOutputs, shownRoom } from './deploying.ts'

const outputs = { WebSocketURL: 'wss://abcdefghij.execute-api.eu-west-1.amazonaws.com/beta' }
const cloud = (endpoint?: string) => ({ endpoint, webSocketUrl: (apiId: string, stage: string) => `ws://localhost:4566/${apiId}/${stage}` }) as ChosenCloud

describe('the outputs of a deploy', () => {
  it('come with the line that joins the chat', () => {
    assert.deepEqual(shownOutputs(outputs, cloud('http://127.0.0.1:4566'), ''), [
      `  WebSocketURL  ${outputs.WebSocketURL}`,
      '  On this machine: npx wscat -c ws://localhost:4566/abcdefghij/beta   or: npm run wscat, npm run chat',
    ])
    assert.match(shownOutputs(outputs, cloud(), '')[1]!, /^ {2}Anywhere: npx wscat -c /)
  })

  it('name the room where everyone has one', () => {
    assert.equal(shownOutputs(outputs, cloud(), 'ws://192.168.1.20:4567/copper-otter-lamp')[2], "  Everybody's room: npx wscat -c ws://192.168.1.20:4567/copper-otter-lamp   or: npm run chat shared")
  })

  it('are not waited for by the room: it is there from the first minute', () => {
    assert.deepEqual(shownRoom('wss://a/beta'), ["  Everybody's room: npx wscat -c wss://a/beta   or: npm run chat shared"])
    assert.deepEqual(shownRoom(''), [])
  })

  it('are shown alone before there is a stage', () => {
    assert.deepEqual(shownOutputs({}, cloud(), 'ws://a'), [])
  })
})
