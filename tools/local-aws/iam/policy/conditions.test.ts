import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { compileConditions } from './conditions.ts'
import type { ConditionBlock } from './conditions.ts'

const REQUEST: Record<string, string[]> = {
  'aws:sourcearn': ['arn:aws:execute-api:us-east-1:1:api/beta/$connect'],
  'aws:sourceaccount': ['000000000000'],
  'aws:securetransport': ['true'],
  'aws:username': ['ana'],
  'aws:currenttime': ['2026-01-01T12:00:00Z'],
  'aws:tagkeys': ['team', 'cost'],
  's3:max-keys': ['10'],
}
const holds = (block: ConditionBlock) => compileConditions(block, { variables: true })
  .every((condition) => 'unsupported' in condition ? false : condition.test((key) => REQUEST[key]))

describe('a condition (E2.4)', () => {
  const cases: [what: string, block: ConditionBlock, holds: boolean][] = [
    ['knows its key in any case', { StringEquals: { 'AWS:SourceAccount': '000000000000' } }, true],
    ['needs one of several values', { StringEquals: { 'aws:SourceAccount': ['1', '000000000000'] } }, true],
    ['needs all operators', { StringEquals: { 'aws:SourceAccount': '000000000000' }, Bool: { 'aws:SecureTransport': 'false' } }, false],
    ['needs all keys of an operator', { StringEquals: { 'aws:SourceAccount': '000000000000', 'aws:username': 'bob' } }, false],
    ['fails on an absent key', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }, false],
    ['holds on an absent key with IfExists', { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } }, true],
    ['tests a present key with IfExists', { StringEqualsIfExists: { 'aws:username': 'bob' } }, false],
    ['holds on an absent key when negated', { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } }, true],
    ['fails when negated and one value is equal', { StringNotEquals: { 'aws:username': ['ana', 'bob'] } }, false],
    ['has no wildcards in StringEquals', { StringEquals: { 'aws:username': 'a*' } }, false],
    ['replaces variables in StringEquals', { StringEquals: { 'aws:username': '${aws:username}' } }, true],
    ['ignores case in StringEqualsIgnoreCase', { StringEqualsIgnoreCase: { 'aws:username': 'ANA' } }, true],
    ['has wildcards in StringLike', { StringLike: { 'aws:username': 'a*' } }, true],
    ['has wildcards in StringNotLike', { StringNotLike: { 'aws:username': 'a*' } }, false],
    ['compares ARNs by parts', { ArnLike: { 'AWS:SourceArn': 'arn:aws:execute-api:*:*:api/*$connect' } }, true],
    ['treats ArnEquals as ArnLike', { ArnEquals: { 'aws:SourceArn': 'arn:aws:execute-api:*:*:api/*' } }, true],
    ['turns ArnNotLike round', { ArnNotLike: { 'aws:SourceArn': 'arn:aws:execute-api:*:*:api/*' } }, false],
    ['reads Bool as text or boolean', { Bool: { 'aws:SecureTransport': true } }, true],
    ['Null true wants absence', { Null: { 'aws:PrincipalOrgID': 'true' } }, true],
    ['Null false wants presence', { Null: { 'aws:username': 'false' } }, true],
    ['Null true fails on presence', { Null: { 'aws:username': 'true' } }, false],
    ['compares numbers', { NumericLessThanEquals: { 's3:max-keys': '10' } }, true],
    ['compares numbers, not texts', { NumericLessThan: { 's3:max-keys': '9' } }, false],
    ['compares dates', { DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } }, true],
    ['ForAllValues wants all of the request', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'cost', 'more'] } }, true],
    ['ForAllValues fails on one too many', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } }, false],
    ['ForAllValues holds on an absent key', { 'ForAllValues:StringEquals': { 'aws:Other': ['team'] } }, true],
    ['ForAnyValue wants one of the request', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['team'] } }, true],
    ['ForAnyValue fails on an absent key', { 'ForAnyValue:StringEquals': { 'aws:Other': ['team'] } }, false],
  ]
  for (const [what, block, expected] of cases)
    it(what, () => { assert.equal(holds(block), expected) })

  it('says which operator it cannot read', () => {
    assert.deepEqual(compileConditions({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, { variables: true }), [{ key: 'aws:SourceIp', unsupported: 'IpAddress' }])
  })
})
