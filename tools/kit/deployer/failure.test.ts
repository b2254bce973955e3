import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { formatFailure } from '../../lib/kit-error.ts'
import { DeployFailure } from './failure.ts'

const failed = (reason: string, next?: string) =>
  new DeployFailure({ phase: 'stack', what: 'AWS::DynamoDB::Table WebsocketConnection could not be created', where: 'steps/01-connect/connect.ts:12:17', reason, next })

describe('a failed deploy', () => {
  it('is told with why and what to do, the verdict first, where its words are known', () => {
    const lines = formatFailure(failed(`Resource of type 'AWS::DynamoDB::Table' with identifier 'WebsocketConnection' already exists.`).failure).split('\n')

    assert.match(lines[0]!, /^✗ AWS::DynamoDB::Table WebsocketConnection could not be created: Resource of type/)
    assert.deepEqual(lines.slice(1).map((line) => line.trim().split(' ')[0]), ['at', 'why', 'next', 'more'])
    assert.match(lines.at(-1)!, /npm run explain name-taken$/)
  })

  it('names what else it may be', () => {
    const { causes, failure } = failed('Resource handler returned message: "Stage already exists"')

    assert.equal(causes[0]!.id, 'stage-exists-already')
    assert.match(failure.more!, /or it is .*name-taken/)
  })

  it('is told in its own words where they are not known', () => {
    assert.deepEqual(failed('the dog ate the template', 'Feed the dog.').failure, {
      what: 'AWS::DynamoDB::Table WebsocketConnection could not be created: the dog ate the template', where: 'steps/01-connect/connect.ts:12:17', next: 'Feed the dog.',
    })
  })
})
