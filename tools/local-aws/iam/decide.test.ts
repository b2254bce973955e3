import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Principal } from '../service.ts'
import type { Question } from './authority.ts'
import { contextKeys } from './context-keys.ts'
import { decide, ruleFor } from './decide.ts'
import type { Policies } from './decide.ts'
import { createPolicyCache } from './policy/document.ts'
import type { Source } from './identity.ts'
import { policyText } from './testing.ts'

const ACCOUNT = '000000000000'
const TABLE = `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/T`
const ROLE = `arn:aws:iam::${ACCOUNT}:role/r`
const session: Principal = { kind: 'session', account: ACCOUNT, arn: `arn:aws:sts::${ACCOUNT}:assumed-role/r/fn`, userId: 'AROA:fn', roleName: 'r' }
const apiGateway: Principal = { kind: 'service', account: ACCOUNT, arn: 'apigateway.amazonaws.com', service: 'apigateway.amazonaws.com', sourceArn: 'arn:aws:execute-api:us-east-1:000000000000:api/beta/$connect' }

const allow = { Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' }
const deny = { Effect: 'Deny', Action: 'dynamodb:Scan', Resource: '*' }
const source = (statement: object, arn?: string): Source => ({ name: 'p', arn, document: policyText(statement) })
const resourcePolicy = (Principal: unknown, more: object = {}) => policyText({ Effect: 'Allow', Principal, Action: '*', Resource: '*', ...more })

function answer(policies: Partial<Policies>, asked: Partial<Question> = {}) {
  const question: Question = { principal: session, action: 'dynamodb:Scan', resource: TABLE, ...asked }
  const { principal, action, resource } = question
  const roleArn = principal.kind === 'session' ? ROLE : undefined
  const request = { principal, roleArn, action, resource, keys: contextKeys(question, { roleArn, now: 0 }) }
  return decide(question, request, { rule: ruleFor(question), identity: [], ...policies }, createPolicyCache())
}
const refusal = (...asked: Parameters<typeof answer>) => {
  const decision = answer(...asked)
  assert.equal(decision.allowed, false)
  return 'message' in decision ? decision.message : ''
}
const WHO = `User: ${session.arn} is not authorized to perform: dynamodb:Scan on resource: ${TABLE}`

describe('the evaluation', () => {
  const cases: [what: string, policies: Partial<Policies>, allowed: boolean, asked?: Partial<Question>][] = [
    ['E2.1 refuses where nobody allows', {}, false],
    ['E2.1 allows by an identity policy', { identity: [source(allow)] }, true],
    ['E2.1 allows by a resource policy alone in the same account', { resource: resourcePolicy({ AWS: ROLE }) }, true],
    ['E2.1 leaves the decision to the identity where the resource names only the account', { resource: resourcePolicy({ AWS: ACCOUNT }) }, false],
    ['E2.1 lets any deny win', { identity: [source(allow), source(deny)] }, false],
    ['E2.1 lets a deny of the resource win', { identity: [source(allow)], resource: resourcePolicy('*', { Effect: 'Deny' }) }, false],
    ['E2.1 does not apply a deny for somebody else', { identity: [source(allow)], resource: resourcePolicy({ AWS: `${ROLE}2` }, { Effect: 'Deny' }) }, true],
    ['E2.1 needs the boundary too', { identity: [source(allow)], boundary: source({ ...allow, Action: 's3:*' }) }, false],
    ['E2.1 does not let the boundary grant', { boundary: source(allow) }, false],
    ['E2.1 needs the session policy too', { identity: [source(allow)], session: source({ ...allow, Action: 's3:*' }) }, false],
    ['E2.1 allows what all of them allow', { identity: [source(allow)], boundary: source(allow), session: source(allow) }, true],
    ['E2.1 needs both across accounts: identity alone', { identity: [source(allow)] }, false, { resource: TABLE.replace(ACCOUNT, '111111111111') }],
    ['E2.1 needs both across accounts: resource alone', { resource: resourcePolicy({ AWS: ROLE }) }, false, { resource: TABLE.replace(ACCOUNT, '111111111111') }],
    ['E2.1 needs both across accounts: both', { identity: [source(allow)], resource: resourcePolicy({ AWS: ACCOUNT }) }, true, { resource: TABLE.replace(ACCOUNT, '111111111111') }],
    ['E2.2 lets a service in by the resource policy', { resource: resourcePolicy({ Service: 'apigateway.amazonaws.com' }) }, true, { principal: apiGateway }],
    ['E2.2 does not let another service in', { resource: resourcePolicy({ Service: 's3.amazonaws.com' }) }, false, { principal: apiGateway }],
    ['E2.2 refuses a service without a resource policy', {}, false, { principal: apiGateway }],
    ['E2.2 compares the source ARN', { resource: resourcePolicy({ Service: 'apigateway.amazonaws.com' }, { Condition: { ArnLike: { 'AWS:SourceArn': 'arn:aws:execute-api:us-east-1:000000000000:api/*$connect' } } }) }, true, { principal: apiGateway }],
    ['E2.2 refuses another route', { resource: resourcePolicy({ Service: 'apigateway.amazonaws.com' }, { Condition: { ArnLike: { 'AWS:SourceArn': 'arn:aws:execute-api:us-east-1:000000000000:api/*/sendMessage' } } }) }, false, { principal: apiGateway }],
    ['E2.3 ignores the case of actions', { identity: [source({ ...allow, Action: 'DYNAMODB:scan' })] }, true],
    ['E2.3 minds the case of resources', { identity: [source({ ...allow, Resource: TABLE.replace('/T', '/t') })] }, false],
    ['E2.3 does not reach from a table to its index', { identity: [source({ ...allow, Resource: TABLE })] }, false, { resource: `${TABLE}/index/x` }],
    ['NotAction means all others', { identity: [source({ Effect: 'Allow', NotAction: 'dynamodb:Put*', Resource: '*' })] }, true],
    ['NotAction leaves out those named', { identity: [source({ Effect: 'Allow', NotAction: 'dynamodb:S*', Resource: '*' })] }, false],
    ['NotResource means all others', { identity: [source({ Effect: 'Allow', Action: '*', NotResource: `${TABLE}2` })] }, true],
    ['NotResource leaves out those named', { identity: [source({ Effect: 'Allow', Action: '*', NotResource: TABLE })] }, false],
    ['NotPrincipal leaves out those named', { resource: policyText({ Effect: 'Allow', NotPrincipal: { AWS: ROLE }, Action: '*', Resource: '*' }) }, false],
    ['an operator we cannot read never allows', { identity: [source({ ...allow, Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } } })] }, false],
    ['an operator we cannot read always denies', { identity: [source(allow), source({ ...deny, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } })] }, false],
    ['conditions of the request count', { identity: [source({ ...allow, Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } } })] }, true, { conditions: { 'iam:passedToService': 'lambda.amazonaws.com' } }],
    ['E1.5 wants the trust policy of a role, even in its account', { identity: [source({ ...allow, Action: '*' })] }, false, { action: 'sts:AssumeRole', resource: `${ROLE}2` }],
    ['E1.5 assumes a role that trusts the caller by name', { resource: resourcePolicy({ AWS: ROLE }) }, true, { action: 'sts:AssumeRole', resource: `${ROLE}2` }],
    ['E1.5 wants the identity too where the role trusts the account', { resource: resourcePolicy({ AWS: ACCOUNT }) }, false, { action: 'sts:AssumeRole', resource: `${ROLE}2` }],
  ]
  for (const [what, policies, allowed, asked] of cases)
    it(what, () => { assert.equal(answer(policies, asked).allowed, allowed) })
})

describe('the refusal', () => {
  it('E1.1 names principal, action, resource and the missing identity policy', () => {
    assert.equal(refusal({}), `${WHO} because no identity-based policy allows the dynamodb:Scan action`)
  })

  it('names the boundary and the session policy', () => {
    const identity = [source(allow)]
    const other = source({ ...allow, Action: 's3:*' })

    assert.equal(refusal({ identity, boundary: other }), `${WHO} because no permissions boundary allows the dynamodb:Scan action`)
    assert.equal(refusal({ identity, session: other }), `${WHO} because no session policy allows the dynamodb:Scan action`)
  })

  it('E1.3 names the resource policy across accounts', () => {
    const resource = 'arn:aws:lambda:us-east-1:111111111111:function:f'

    assert.equal(
      refusal({ identity: [source({ ...allow, Action: '*' })] }, { action: 'lambda:InvokeFunction', resource }),
      `User: ${session.arn} is not authorized to perform: lambda:InvokeFunction on resource: ${resource} because no resource-based policy allows the lambda:InvokeFunction action`,
    )
  })

  it('names the kind of the policy that denies, and its ARN if it is managed', () => {
    const arn = `arn:aws:iam::${ACCOUNT}:policy/no-scan`

    assert.equal(refusal({ identity: [source(deny)] }), `${WHO} with an explicit deny in an identity-based policy`)
    assert.equal(refusal({ identity: [source(deny, arn)] }), `${WHO} with an explicit deny in an identity-based policy: ${arn}`)
    assert.equal(refusal({ boundary: source(deny, arn) }), `${WHO} with an explicit deny in a permissions boundary: ${arn}`)
    assert.equal(refusal({ session: source(deny) }), `${WHO} with an explicit deny in a session policy`)
    assert.equal(refusal({ resource: resourcePolicy('*', { Effect: 'Deny' }) }), `${WHO} with an explicit deny in a resource-based policy`)
  })

  it('E1.4 masks the account and the id of a connection', () => {
    const resource = 'arn:aws:execute-api:us-east-1:123456788512:api/beta/POST/@connections/AbC='

    assert.equal(
      refusal({}, { action: 'execute-api:ManageConnections', resource }),
      `User: ${session.arn} is not authorized to perform: execute-api:ManageConnections on resource: arn:aws:execute-api:us-east-1:********8512:api/beta/POST/@connections/{connectionId}`
      + ' because no identity-based policy allows the execute-api:ManageConnections action',
    )
  })

  it('E1.5 of AssumeRole says no reason', () => {
    assert.equal(refusal({}, { action: 'sts:AssumeRole', resource: ROLE }), `User: ${session.arn} is not authorized to perform: sts:AssumeRole on resource: ${ROLE}`)
  })

  it('E1.7 of S3 quotes the resource', () => {
    assert.match(refusal({}, { action: 's3:GetObject', resource: 'arn:aws:s3:::b/k' }), / on resource: "arn:aws:s3:::b\/k" because no identity-based policy allows the s3:GetObject action$/)
  })
})
