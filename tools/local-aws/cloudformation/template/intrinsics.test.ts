import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { evaluateConditions } from './conditions.ts'
import { NO_VALUE, resolve, type Scope } from './intrinsics.ts'

const scope: Scope = {
  mappings: { Zones: { 'us-east-1': { Size: 'small' } } },
  conditions: { Yes: true, No: false },
  region: 'us-east-1',
  ref: (name) => ({ Name: 'chat', List: ['a', 'b'], 'AWS::NoValue': NO_VALUE } as Record<string, unknown>)[name] ?? `ref-${name}`,
  attribute: (id, name) => `${id}/${name}`,
  exported: (name) => `exported-${name}`,
}

describe('resolve', () => {
  const cases: [unknown, unknown][] = [
    [{ Ref: 'Name' }, 'chat'],
    [{ 'Fn::GetAtt': ['Table', 'Arn'] }, 'Table/Arn'],
    [{ 'Fn::GetAtt': 'Table.Stream.Arn' }, 'Table/Stream.Arn'],
    [{ 'Fn::GetAtt': ['Table', { Ref: 'Name' }] }, 'Table/chat'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'Name' }, 1]] }, 'a-chat-1'],
    [{ 'Fn::Join': [',', { Ref: 'List' }] }, 'a,b'],
    [{ 'Fn::Sub': '${Name}:${Table.Arn}:${!Literal}' }, 'chat:Table/Arn:${Literal}'],
    [{ 'Fn::Sub': ['${Own}-${Name}', { Own: { Ref: 'Name' } }] }, 'chat-chat'],
    [{ 'Fn::Select': ['1', { Ref: 'List' }] }, 'b'],
    [{ 'Fn::Split': ['|', 'x|y'] }, ['x', 'y']],
    [{ 'Fn::If': ['No', 'yes', { Ref: 'Name' }] }, 'chat'],
    [{ 'Fn::FindInMap': ['Zones', 'us-east-1', 'Size'] }, 'small'],
    [{ 'Fn::Base64': 'hello' }, 'aGVsbG8='],
    [{ 'Fn::GetAZs': '' }, ['us-east-1a', 'us-east-1b', 'us-east-1c']],
    [{ 'Fn::ImportValue': { 'Fn::Sub': '${Name}-url' } }, 'exported-chat-url'],
    [{ kept: 1, gone: { Ref: 'AWS::NoValue' }, list: [{ 'Fn::If': ['Yes', { Ref: 'AWS::NoValue' }, 1] }, 2] }, { kept: 1, list: [2] }],
  ]
  for (const [written, value] of cases) it(`turns ${JSON.stringify(written)} into ${JSON.stringify(value)}`, () => assert.deepEqual(resolve(written, scope), value))

  it('names a function that is not built', () => {
    assert.throws(() => resolve({ 'Fn::Cidr': [] }, scope), { name: 'NotImplemented', message: /Fn::Cidr is not built/ })
  })

  it('refuses to join what is no text', () => {
    assert.throws(() => resolve({ 'Fn::Join': ['', [{ a: 1 }]] }, scope), { name: 'ValidationError', message: /^Template error: every value of Fn::Join must be a string/ })
  })
})

const evaluate = (conditions: Record<string, unknown>) => evaluateConditions(conditions, (value) => resolve(value, scope))

describe('evaluateConditions', () => {
  it('combines conditions, whatever their order', () => {
    const conditions = evaluate({
      Both: { 'Fn::And': [{ Condition: 'IsChat' }, { 'Fn::Not': [{ Condition: 'IsOther' }] }] },
      Either: { 'Fn::Or': [{ Condition: 'IsOther' }, { Condition: 'IsChat' }] },
      IsChat: { 'Fn::Equals': [{ Ref: 'Name' }, 'chat'] },
      IsOther: { 'Fn::Equals': [{ Ref: 'Name' }, 'other'] },
      Text: { 'Fn::Equals': [true, 'true'] },
    })

    assert.deepEqual(conditions, { IsChat: true, IsOther: false, Both: true, Either: true, Text: true })
  })

  it('refuses unknown and circular ones', () => {
    assert.throws(() => evaluate({ A: { Condition: 'B' } }), { message: 'Template format error: Unresolved condition dependency B in the Conditions block of the template' })
    assert.throws(() => evaluate({ A: { Condition: 'B' }, B: { Condition: 'A' } }), { message: /Circular dependencies/ })
  })
})
