import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parameterValue, settleParameters } from './parameters.ts'
import type { ParameterDeclaration, Template } from './template.ts'

const declared = (Parameters: Record<string, ParameterDeclaration>) => ({ Parameters }) as unknown as Template
const store = async (name: string) => ({ '/version': '30' } as Record<string, string>)[name]

describe('settleParameters', () => {
  it('takes what is given, then what was before, then the default', async () => {
    const template = declared({ Given: { Type: 'String', Default: 'd' }, Before: { Type: 'String' }, Left: { Type: 'Number', Default: 3 } })

    const settled = await settleParameters(
      template, [{ ParameterKey: 'Given', ParameterValue: 'g' }, { ParameterKey: 'Before', UsePreviousValue: true }], [{ key: 'Before', value: 'b' }], store,
    )

    assert.deepEqual(settled.map(({ key, value }) => [key, value]), [['Given', 'g'], ['Before', 'b'], ['Left', '3']])
  })

  it('looks SSM parameters up', async () => {
    const [version] = await settleParameters(declared({ Version: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/version' } }), [], [], store)

    assert.equal(version?.value, '/version')
    assert.equal(parameterValue(version!, { Type: 'AWS::SSM::Parameter::Value<String>' }), '30')
  })

  it('splits lists', () => {
    assert.deepEqual(parameterValue({ key: 'L', value: 'a, b' }, { Type: 'CommaDelimitedList' }), ['a', 'b'])
  })

  const refusals: [string, ParameterDeclaration, string | undefined, string][] = [
    ['a missing value', { Type: 'String' }, undefined, 'Parameters: [P] must have values'],
    ['a value that is not allowed', { Type: 'String', AllowedValues: ['a'] }, 'b', 'Parameter \'P\' must be one of AllowedValues'],
    ['a value off the pattern', { Type: 'String', AllowedPattern: '[a-z]+', ConstraintDescription: 'letters only' }, '1', 'Parameter \'P\' failed to satisfy constraint: letters only'],
    ['a word for a number', { Type: 'Number' }, 'ten', 'Parameter \'P\' must be a number.'],
    ['an SSM name that nobody has', { Type: 'AWS::SSM::Parameter::Value<String>' }, '/none', 'Unable to fetch parameters [/none] from parameter store for this account.'],
  ]
  for (const [what, declaration, value, message] of refusals) it(`refuses ${what}`, () =>
    assert.rejects(settleParameters(declared({ P: declaration }), value === undefined ? [] : [{ ParameterKey: 'P', ParameterValue: value }], [], store), { name: 'ValidationError', message }))

  it('refuses parameters that the template lacks', () =>
    assert.rejects(settleParameters(declared({}), [{ ParameterKey: 'X', ParameterValue: '1' }], [], store), { message: 'Parameters: [X] do not exist in the template' }))
})
