import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { checkIdentityPolicy, checkManagedPolicy, checkTrustPolicy } from './validate.ts'

const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }
const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }
const policy = (...Statement: unknown[]) => JSON.stringify({ Version: '2012-10-17', Statement })

type Check = (json: string) => string
const refuses = (check: Check, cases: [what: string, json: string, message: string][]) => {
  for (const [what, json, message] of cases)
    it(`refuses ${what}`, () => {
      assert.throws(() => check(json), { name: 'MalformedPolicyDocument', message, status: 400 })
    })
}

describe('a policy of a role or user (E2.13)', () => {
  it('may have one statement without a list', () => {
    const json = JSON.stringify({ Statement: statement })

    assert.equal(checkIdentityPolicy(json), json)
  })

  refuses(checkIdentityPolicy, [
    ['what is not JSON', 'nothing', 'This policy contains invalid Json'],
    ['a list', '[]', 'Syntax errors in policy.'],
    ['no statement', policy(), 'Syntax errors in policy.'],
    ['an unknown element', policy({ ...statement, Resources: '*' }), 'Syntax errors in policy.'],
    ['an effect in lower case', policy({ ...statement, Effect: 'allow' }), 'Syntax errors in policy.'],
    ['an unknown version', JSON.stringify({ Version: '2026-01-01', Statement: statement }), 'Syntax errors in policy.'],
    ['no resource', policy({ Effect: 'Allow', Action: 's3:GetObject' }), 'Policy statement must contain resources.'],
    ['no action', policy({ Effect: 'Allow', Resource: '*' }), 'Policy statement must contain actions.'],
    ['an action without a service', policy({ ...statement, Action: 'GetObject' }), 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.'],
    ['an action with two colons', policy({ ...statement, Action: 's3:Get:Object' }), 'Actions/Condition can contain only one colon.'],
    ['a strange service', policy({ ...statement, Action: 'a a:Get' }), 'Vendor a a is not valid'],
    ['a resource that is no ARN', policy({ ...statement, Resource: 'my-table' }), 'Resource my-table must be in ARN format or "*".'],
    ['an unknown partition', policy({ ...statement, Resource: 'arn:b:c:d:e:f' }), 'Partition "b" is not valid for resource "arn:b:c:d:e:f".'],
    ['a wildcard for the service', policy({ ...statement, Resource: 'arn:aws:*:*:*:x' }), 'Resource vendor must be fully qualified and cannot contain regexes.'],
    ['a principal', policy({ ...statement, Principal: '*' }), 'Policy document should not specify a principal.'],
    ['the same Sid twice', policy({ ...statement, Sid: 'a' }, { ...statement, Sid: 'a' }), 'Statement IDs (SID) in a single policy must be unique.'],
    ['a Sid with a blank', policy({ ...statement, Sid: 'a b' }), 'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*'],
  ])
})

describe('a managed policy', () => {
  refuses(checkManagedPolicy, [
    ['what is not JSON in other words', 'nothing', 'Syntax errors in policy.'],
    ['the older version', JSON.stringify({ Version: '2008-10-17', Statement: statement }), 'Policy document must be version 2012-10-17 or greater.'],
  ])
})

describe('a trust policy', () => {
  it('may name services, accounts, roles and everyone', () => {
    for (const Principal of [{ Service: 'lambda.amazonaws.com' }, { AWS: '000000000000' }, { AWS: ['arn:aws:iam::000000000000:role/x', '*'] }, '*'])
      checkTrustPolicy(policy({ ...trust, Principal }))
  })

  refuses(checkTrustPolicy, [
    ['a resource', policy({ ...trust, Resource: '*' }), 'Has prohibited field Resource'],
    ['no principal', policy({ Effect: 'Allow', Action: 'sts:AssumeRole' }), 'Missing required field Principal'],
    ['other actions', policy({ ...trust, Action: 's3:GetObject' }), 'AssumeRole policy may only specify STS AssumeRole actions.'],
    ['a bad ARN', policy({ ...trust, Principal: { AWS: 'me' } }), 'Invalid principal in policy: "AWS":"me"'],
    ['a bad service', policy({ ...trust, Principal: { Service: 'lambda' } }), 'Invalid principal in policy: "SERVICE":"lambda"'],
  ])
})
