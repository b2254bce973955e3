import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { earlyFinding } from './early-validation.ts'
import { stackFailure } from './failure.ts'

/** As the CDK words it. */
const TAKEN = `Early validation failed for change set cdk-deploy-change-set:
ChatStack/WebsocketConnection/Resource  (AWS::DynamoDB::Table WebsocketConnection28513BBF)
  Resource of type 'AWS::DynamoDB::Table' with identifier 'WebsocketConnection' already
  exists. (at /Resources/WebsocketConnection28513BBF)
Source Location: ...new Table2 in aws-cdk-lib...
                 connect (file:///tmp/app.mjs:149:17)`
const UNFIT = `Early validation failed for change set cdk-deploy-change-set:
ChatStack/Policy  (AWS::IAM::Policy Policy)
  Required property [PolicyDocument] not found (at /Resources/Policy/Properties)
  Required property [PolicyName] not found (at /Resources/Policy/Properties)

ChatStack/Other  (AWS::Lambda::Function Other)
  Unsupported property [Colour] (at /Resources/Other/Properties/Colour)`

describe('earlyFinding', () => {
  it('is the first resource that early validation refused, and why', () => {
    assert.deepEqual(earlyFinding(new Error(TAKEN)), {
      kind: 'resource', type: 'AWS::DynamoDB::Table', path: 'WebsocketConnection/Resource', logicalId: 'WebsocketConnection28513BBF', status: 'CREATE_FAILED',
      reason: 'Resource of type \'AWS::DynamoDB::Table\' with identifier \'WebsocketConnection\' already exists.',
    })
    assert.equal(earlyFinding(new Error('The deploy failed', { cause: new Error(UNFIT) }))?.reason, 'Required property [PolicyDocument] not found')
  })

  it('is nothing for other errors', () => {
    for (const error of [new Error('No credentials'), new Error('Early validation failed for change set x'), 'words']) assert.equal(earlyFinding(error), undefined)
  })
})

describe('a deploy that early validation ended', () => {
  it('is told as one that failed at the resource', () => {
    const { failure, causes } = stackFailure('ChatStack', 'deployed', { events: [], placeOf: (id) => `steps/01-connect/connect.ts:12:17 (${id.length})` }, new Error(TAKEN))

    assert.equal(failure.what, 'AWS::DynamoDB::Table WebsocketConnection could not be created: Resource of type \'AWS::DynamoDB::Table\' with identifier \'WebsocketConnection\' already exists.')
    assert.equal(failure.where, 'steps/01-connect/connect.ts:12:17 (27), resource WebsocketConnection28513BBF')
    assert.equal(causes[0]!.id, 'name-taken')
  })

  it('says deployed where nobody knows whether the resource is new', () => {
    const { failure } = stackFailure('ChatStack', 'deployed', { events: [] }, new Error(UNFIT))

    assert.match(failure.what, /^AWS::IAM::Policy Policy could not be deployed: Required property \[PolicyDocument\] not found$/)
  })
})
