import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseTemplate } from './template.ts'

const refusal = (message: string) => ({ name: 'ValidationError', message })

describe('parseTemplate', () => {
  it('reads the short tags of YAML in all their forms', () => {
    const { Resources, Conditions } = parseTemplate(`
AWSTemplateFormatVersion: 2010-09-09
Conditions:
  Named: !Not [!Equals [!Ref Name, '']]
Resources:
  Thing:
    Type: AWS::Test::Thing
    Properties:
      Scalar: !Sub 'a \${B}'
      Dots: !GetAtt Other.Endpoint.Port
      List: !Join ['', [!Ref Other, !Select [0, !Split [',', 'a,b']]]]
      Map: !If [Named, {inner: !Ref Name}, !Ref 'AWS::NoValue']
      Date: 2012-10-17
`)

    assert.deepEqual({ ...Conditions }, { Named: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Name' }, ''] }] } })
    assert.deepEqual(Resources.Thing?.Properties, {
      Scalar: { 'Fn::Sub': 'a ${B}' },
      Dots: { 'Fn::GetAtt': ['Other', 'Endpoint.Port'] },
      List: { 'Fn::Join': ['', [{ Ref: 'Other' }, { 'Fn::Select': [0, { 'Fn::Split': [',', 'a,b'] }] }]] },
      Map: { 'Fn::If': ['Named', { inner: { Ref: 'Name' } }, { Ref: 'AWS::NoValue' }] },
      Date: '2012-10-17',
    })
  })

  const bad: [string, string][] = [
    ['Resources: [', 'Template format error: YAML not well-formed. (line 1, column 13)'],
    ['{"Resources": ', 'Template format error: JSON not well-formed. (line 1, column 15)'],
    ['hello', 'Template format error: unsupported structure.'],
    ['{"Extra": {}, "Resources": {}}', 'Template format error: Invalid template property or properties [Extra]'],
    ['{"Resources": {}}', 'Template format error: At least one Resources member must be defined.'],
    ['{"Resources": {"A": {}}}', 'Template format error: [/Resources/A] Every Resources object must contain a Type member.'],
    ['{"Resources": {"A-b": {"Type": "AWS::A::B"}}}', 'Template format error: Resource name A-b is non alphanumeric.'],
    ['{"Resources": {"A": {"Type": "AWS::A::B", "Propertys": {}}}}', 'Invalid template resource property \'Propertys\''],
  ]
  for (const [text, message] of bad) it(`refuses ${text}`, () => assert.throws(() => parseTemplate(text), refusal(message)))
})
