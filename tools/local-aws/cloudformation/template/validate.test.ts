import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { checkCapabilities } from './capabilities.ts'
import { parseTemplate } from './template.ts'
import { validate } from './validate.ts'

const thing = (Properties: object = {}, more: object = {}) => ({ Type: 'AWS::Test::Thing', Properties, ...more })
const template = (Resources: object, more: object = {}) => parseTemplate(JSON.stringify({ Resources, ...more }))
const attributesOf = (type: string) => (type === 'AWS::Test::Thing' ? ['Arn'] : undefined)

/** @see G2.6 (facts) */
describe('validate', () => {
  const refusals: [string, object, object, string][] = [
    ['a Ref to nothing', { A: thing({ Note: { Ref: 'X' } }) }, {}, 'Template format error: Unresolved resource dependencies [X] in the Resources block of the template'],
    ['a DependsOn to nothing', { A: thing({}, { DependsOn: 'X' }) }, {}, 'Template format error: Unresolved resource dependencies [X] in the Resources block of the template'],
    ['an output of nothing', { A: thing() }, { Outputs: { O: { Value: { 'Fn::Sub': 'hi ${X}' } } } }, 'Template format error: Unresolved resource dependencies [X] in the Outputs block of the template'],
    ['GetAtt of nothing', { A: thing({ Note: { 'Fn::GetAtt': ['X', 'Arn'] } }) }, {}, 'Template error: instance of Fn::GetAtt references undefined resource X'],
    ['an attribute that the type lacks (C7.10)', { A: thing(), B: thing({ Note: { 'Fn::GetAtt': ['A', 'Id'] } }) }, {}, 'Resource type AWS::Test::Thing does not support attribute {Id}'],
    ['a circle', { A: thing({ Note: { Ref: 'B' } }), B: thing({ Note: { 'Fn::GetAtt': 'A.Arn' } }), C: thing({ Note: { Ref: 'A' } }) }, {}, 'Circular dependency between resources: [A, B]'],
    ['a type of nobody', { A: { Type: 'Some::Where::Else' } }, {}, 'Template format error: Unrecognized resource types: [Some::Where::Else]'],
    ['a type that AWS does not have', { A: { Type: 'AWS::DynamoDB::Tabel' }, B: { Type: 'AWS::Backup::BackupPlan' } }, {}, 'Template format error: Unrecognized resource types: [AWS::DynamoDB::Tabel]'],
    ['an unknown condition', { A: thing({}, { Condition: 'C' }) }, {}, 'Template format error: Unresolved condition dependency C in the Resources block of the template'],
  ]
  for (const [what, resources, more, message] of refusals)
    it(`refuses ${what}`, () => assert.throws(() => validate(template(resources, more), attributesOf), { name: 'ValidationError', message }))

  it('accepts pseudo parameters, parameters and the variables of Sub', () => {
    validate(template({ A: thing({ Note: { 'Fn::Sub': ['${AWS::Region} ${P} ${Own}', { Own: 1 }] } }) }, { Parameters: { P: { Type: 'String' } } }), attributesOf)
  })
})

const role = (Properties: object = {}) => template({ R: { Type: 'AWS::IAM::Role', Properties } })
const lacks = (capability: string) => ({ name: 'InsufficientCapabilitiesException', message: `Requires capabilities : [${capability}]` })

/** @see G2.7 (facts) */
describe('checkCapabilities', () => {
  it('wants CAPABILITY_IAM for a role, and CAPABILITY_NAMED_IAM for one with a name', () => {
    assert.throws(() => checkCapabilities(role()), lacks('CAPABILITY_IAM'))
    assert.throws(() => checkCapabilities(role({ RoleName: 'r' }), ['CAPABILITY_IAM']), lacks('CAPABILITY_NAMED_IAM'))
    checkCapabilities(role(), ['CAPABILITY_NAMED_IAM'])
    checkCapabilities(template({ A: thing() }))
  })
})
