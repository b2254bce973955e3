import { describe, it } from 'node:test'
import fc from 'fast-check'
import { stringify } from 'yaml'
import { fitsSchema, isSchema } from '../../api-gateway/json-schema.ts'
import { evaluateSelection, isSelectionExpression, selectRoute } from '../../api-gateway/selection.ts'
import { AwsError } from '../../aws-error.ts'
import { evaluateConditions } from '../../cloudformation/template/conditions.ts'
import { resolve, type Scope } from '../../cloudformation/template/intrinsics.ts'
import { settleParameters } from '../../cloudformation/template/parameters.ts'
import { parseTemplate } from '../../cloudformation/template/template.ts'
import { validate } from '../../cloudformation/template/validate.ts'
import { verdict } from '../../iam/policy/evaluate.ts'
import { parsePolicy } from '../../iam/policy/document.ts'
import { checkIdentityPolicy, checkTrustPolicy } from '../../iam/policy/validate.ts'
import { filterPattern } from '../../logs/filter-pattern.ts'
import { Broken, fuzz, oddText, oddValue } from './fuzzing-testing.ts'

/** An answer of AWS that is no success is one; anything else is a fault of ours. */
async function answered(work: () => unknown) {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    if ((error.status ?? 400) >= 500 && error.status !== 501) throw new Broken('serverErrors', `${error}`)
  }
}

const NAMES = ['A', 'B', 'Param', 'Cond', 'Map', 'AWS::Region', 'AWS::NoValue', 'constructor', '__proto__', 'A.Arn', '']
const name = fc.oneof(fc.constantFrom(...NAMES), oddText)
const FUNCTIONS = ['Ref', 'Fn::GetAtt', 'Fn::Join', 'Fn::Sub', 'Fn::Select', 'Fn::Split', 'Fn::If', 'Fn::FindInMap', 'Fn::Base64', 'Fn::GetAZs', 'Fn::ImportValue', 'Fn::Equals', 'Fn::And', 'Fn::Or', 'Fn::Not', 'Condition', 'Fn::Cidr', 'Fn::Nonsense']

/** Values with functions in them, used rightly and wrongly. */
const { value } = fc.letrec<{ value: unknown, call: unknown }>((tie) => ({
  value: fc.oneof({ maxDepth: 5 }, name, oddValue, fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(name, tie('value'), { maxKeys: 2, noNullPrototype: true }), tie('call')),
  call: fc.tuple(fc.constantFrom(...FUNCTIONS), fc.oneof(tie('value'), fc.array(tie('value'), { minLength: 1, maxLength: 3 }), fc.constantFrom('a${A}b', '${A.Arn}', '${!A}${', '${Param}${}', ['${x}', { x: 'y' }], ['A', 'Arn'], ['Map', 'a', 'b'], ['Cond', 1, 2], [0, ['a']], [',', 'a,b']))).map(([key, argument]) => ({ [key]: argument })),
}))

const resource = fc.record({
  Type: fc.oneof(fc.constantFrom<unknown>('AWS::Logs::LogGroup', 'AWS::SSM::Parameter', 'AWS::DynamoDB::Table', 'Custom::X', 'AWS::X::Y'), oddValue),
  Properties: fc.oneof(fc.dictionary(name, value, { maxKeys: 3 }), oddValue), DependsOn: fc.oneof(name, fc.array(name, { maxLength: 2 }), oddValue), Condition: fc.oneof(fc.constant('Cond'), oddValue), DeletionPolicy: oddValue,
}, { requiredKeys: ['Type'] })
const template = fc.record({
  AWSTemplateFormatVersion: oddValue, Description: oddValue, Metadata: oddValue, Transform: oddValue,
  Parameters: fc.oneof(fc.constant({ Param: { Type: 'String' } }), fc.dictionary(fc.constantFrom('Param', 'Other', 'constructor'), fc.oneof(fc.record({ Type: fc.oneof(fc.constantFrom('String', 'Number', 'CommaDelimitedList', 'AWS::SSM::Parameter::Value<String>'), oddValue), Default: oddValue, AllowedValues: oddValue, AllowedPattern: fc.oneof(fc.constantFrom('.*', '('), oddValue), MinLength: oddValue, MaxValue: oddValue, ConstraintDescription: oddValue, NoEcho: oddValue }, { requiredKeys: ['Type'] }), oddValue), { maxKeys: 2 })),
  Mappings: fc.oneof(fc.constant({ Map: { a: { b: 'c' } } }), oddValue), Conditions: fc.oneof(fc.dictionary(fc.constantFrom('Cond', 'Other'), value, { maxKeys: 2 }), oddValue),
  Resources: fc.oneof({ weight: 5, arbitrary: fc.dictionary(fc.constantFrom('A', 'B', 'constructor'), resource, { minKeys: 1, maxKeys: 3 }) }, { weight: 1, arbitrary: oddValue }),
  Outputs: fc.oneof(fc.dictionary(fc.constantFrom('O', 'P'), fc.oneof(fc.record({ Value: value, Export: oddValue, Condition: oddValue }, { requiredKeys: [] }), oddValue), { maxKeys: 2 }), oddValue),
}, { requiredKeys: ['Resources'] })

/** All that is done with a template before anything is made. */
async function plan(text: string) {
  const parsed = parseTemplate(text)
  validate(parsed, () => ['Arn'])
  const parameters = await settleParameters(parsed, [{ ParameterKey: 'Param', ParameterValue: 'x' }], [], async () => 'fetched')
  const scope: Scope = {
    mappings: parsed.Mappings, conditions: {}, region: 'us-east-1', ref: (asked) => parameters.find(({ key }) => key === asked)?.value ?? 'id', attribute: () => 'attribute', exported: () => 'exported',
  }
  const conditions = evaluateConditions(parsed.Conditions, (inner) => resolve(inner, scope))
  resolve(Object.values(parsed.Resources).map(({ Properties }) => Properties), { ...scope, conditions })
  resolve(Object.values(parsed.Outputs), { ...scope, conditions })
}

const texts = fc.oneof(oddText, fc.constantFrom('*', 's3:*', 's3:Get?', 'arn:aws:s3:::x/${aws:username}/*', 'arn:aws:s3:::*', '000000000000', 'sts:AssumeRole', '2012-10-17', 'Allow', 'Deny', 'true', '10.0.0.0/8'))
const oneOrMore = fc.oneof(texts, fc.array(texts, { maxLength: 3 }), oddValue)
const statement = fc.record({
  Sid: fc.oneof(fc.constant('S'), oddValue), Effect: fc.oneof({ weight: 5, arbitrary: fc.constantFrom<unknown>('Allow', 'Deny') }, { weight: 1, arbitrary: oddValue }),
  Action: oneOrMore, NotAction: oneOrMore, Resource: oneOrMore, NotResource: oneOrMore,
  Principal: fc.oneof(oneOrMore, fc.dictionary(fc.constantFrom('AWS', 'Service', 'Federated', '__proto__'), oneOrMore)), NotPrincipal: oneOrMore,
  Condition: fc.oneof(fc.dictionary(fc.oneof(fc.constantFrom('StringEquals', 'StringLike', 'ArnLike', 'Null', 'NumericLessThan', 'DateGreaterThan', 'Bool', 'IpAddress', 'ForAllValues:StringLike', 'StringNotEqualsIfExists', 'constructor'), oddText), fc.oneof(fc.dictionary(texts, oneOrMore, { maxKeys: 2 }), oddValue), { maxKeys: 2 }), oddValue),
}, { requiredKeys: ['Effect'] })
const policy = fc.oneof(
  { weight: 5, arbitrary: fc.record({ Version: fc.constantFrom('2012-10-17', '2008-10-17', 'x'), Id: oddValue, Statement: fc.oneof(statement, fc.array(statement, { maxLength: 3 })) }, { requiredKeys: ['Statement'] }).map((document) => JSON.stringify(document)) },
  { weight: 1, arbitrary: oddText }, { weight: 1, arbitrary: oddValue.map((odd) => JSON.stringify(odd) ?? '') },
  { weight: 1, arbitrary: fc.constantFrom('['.repeat(5_000), `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"a":${'['.repeat(4_000)}${']'.repeat(4_000)}}}}]}`, `{"Statement":${'['.repeat(4_000)}${']'.repeat(4_000)}}`) },
)
const principal = { kind: 'user', account: '000000000000', arn: 'arn:aws:iam::000000000000:user/x', userId: 'AIDA', userName: 'x' } as const

describe('a broken document is refused in the words of AWS, or means something', () => {
  const expressions = fc.oneof(oddText, fc.array(fc.oneof(fc.constantFrom('$', '${', '}', 'request', '.', 'body', 'action', '[0]', '[', '\\$', '$request.body', 'context', 'stageVariables', '__proto__', 'constructor', '${request.body.action}'), oddText), { maxLength: 6 }).map((parts) => parts.join('')))
  const bodies = fc.oneof(fc.json(), oddText, fc.constantFrom('{"action":"x"}', '{"action":{"__proto__":1}}', '['.repeat(16_000) + ']'.repeat(16_000), '{"action":' + '['.repeat(16_000) + ']'.repeat(16_000) + '}'))

  it('as a selection expression', (test) => fuzz(test, 'selection', fc.tuple(expressions, bodies), ([expression, body]) => {
    isSelectionExpression(expression)
    selectRoute({ routeSelectionExpression: expression, routes: {} }, body)
    const text = evaluateSelection(expression, { request: { body: body.startsWith('{') ? { action: body } : body } })
    if (typeof text !== 'string') throw new Broken('crashes', 'no text')
  }))

  it('as a policy', (test) => fuzz(test, 'policy', fc.tuple(policy, texts, texts), ([json, action, asked]) => answered(() => {
    for (const check of [checkIdentityPolicy, checkTrustPolicy]) {
      try {
        check(json)
      } catch (error) {
        if (!(error instanceof AwsError)) throw error
        continue
      }
      verdict(parsePolicy(json), { principal, action, resource: asked, keys: () => [asked] })
    }
  })))

  it('as a template in JSON', (test) => fuzz(test, 'template JSON', template, (document) => answered(() => plan(JSON.stringify(document)))))

  const yaml = fc.oneof(template.map((document) => stringify(JSON.parse(JSON.stringify(document)), { aliasDuplicateObjects: false })), fc.array(fc.oneof(oddText, fc.constantFrom('Resources:', '\n', '  ', '- ', '!Ref ', '!Sub [', '{', '}', '[', ']', '&a ', '*a', '<<: ', '? ', '| ', '>-\n', '!!binary x', '---\n', '...\n', '%YAML 1.2\n', '"', "'", '#')), { maxLength: 12 }).map((parts) => parts.join('')))
  it('as a template in YAML, cut or joined anywhere', (test) => fuzz(test, 'template YAML', fc.tuple(yaml, fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean()), ([text, part, isCut]) => answered(() => plan(isCut ? text.slice(0, text.length * part) : text))))

  const scope: Scope = { mappings: { Map: { a: { b: 'c' } } }, conditions: { Cond: true }, region: 'us-east-1', ref: (asked) => asked, attribute: (_, asked) => asked, exported: (asked) => asked }
  it('as a function of a template', (test) => fuzz(test, 'intrinsics', value, (inner) => answered(() => {
    resolve(inner, scope)
    evaluateConditions({ Cond: inner, Other: { Condition: 'Cond' } }, (operand) => resolve(operand, scope))
  })))

  const keyword = fc.constantFrom(
    'type', 'enum', 'allOf', 'anyOf', 'oneOf', 'not', 'multipleOf', 'maximum', 'minimum', 'exclusiveMaximum', 'maxLength', 'minLength', 'pattern', 'maxItems', 'uniqueItems', 'items',
    'required', 'properties', 'additionalProperties', 'definitions', '$ref', 'constructor', '__proto__',
  )
  const { schema } = fc.letrec<{ schema: unknown, of: unknown }>((tie) => ({
    of: fc.oneof(
      { maxDepth: 4 }, oddValue, fc.constantFrom<unknown>('string', 'integer', 'object', '#', '#/definitions/A', ['A'], '(a+)+$', 1, 0, true, false), tie('schema'),
      fc.array(tie('schema'), { maxLength: 3 }), fc.dictionary(name, tie('schema'), { maxKeys: 3 }),
    ),
    schema: fc.dictionary(keyword, tie('of'), { maxKeys: 4 }),
  }))
  it('as the schema of a model, and a message for it', (test) => fuzz(test, 'JSON schema', fc.tuple(schema, oddValue), ([document, message]) => answered(() => {
    const read = JSON.parse(JSON.stringify(document))
    if (isSchema(read) && typeof fitsSchema(message, read) !== 'boolean') throw new Broken('crashes', 'no verdict')
  })))

  it('as a filter of logs', (test) => fuzz(test, 'filter pattern', fc.tuple(oddText, fc.string()), ([pattern, message]) => answered(() => filterPattern(pattern)(message))))
})
