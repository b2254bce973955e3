import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, before, describe, it } from 'node:test'
import { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2'
import { CloudFormation } from '@aws-sdk/client-cloudformation'
import { WebSocket } from 'ws'
import { evaluateSelection, isSelectionExpression } from '../api-gateway/selection.ts'
import { runMock } from '../api-gateway/mock.ts'
import { isMatch } from '../bounded-match.ts'
import { parsePolicy } from '../iam/policy/document.ts'
import { compileArnPattern, compilePattern } from '../iam/policy/pattern.ts'
import { filterPattern } from '../logs/filter-pattern.ts'
import { readClaim } from '../protocol/signature-claim.ts'
import { startTestCloud } from '../testing.ts'
import { hostNameOf, isLoopbackOrigin } from '../visitors.ts'
import { mockChat, type Victim } from './attack-testing.ts'

/** Runs `work` and says so if it took long: a hang is what these patterns are for. */
function quickly<T>(work: () => T, mostMs = 500): T {
  const begin = performance.now()
  const result = work()
  const ms = performance.now() - begin
  assert.ok(ms < mostMs, `took ${Math.round(ms)} ms`)
  return result
}
const swallow = (work: () => unknown) => () => {
  try {
    work()
  } catch { /* refusing is fine, hanging is not */ }
}

describe('a hostile pattern (regular-expression denial)', () => {
  const nothing = () => undefined

  for (const [what, pattern, text] of [
    ['stars', '*a'.repeat(1_000) + 'b', 'a'.repeat(2_000)],
    ['stars and marks', '*?'.repeat(1_000) + 'b', 'a'.repeat(2_000)],
    ['one star after another', '*'.repeat(6_000) + 'b', 'a'.repeat(2_000)],
    ['a long tail', '*' + 'a'.repeat(3_000) + 'b', 'a'.repeat(6_000)],
    ['regular expressions', '(a+)+$', 'a'.repeat(50) + '!'],
  ] as const)
    it(`of ${what} in a policy is answered at once`, () => {
      quickly(() => assert.equal(compilePattern(pattern)(text, nothing), false))
      quickly(() => compileArnPattern(`arn:aws:x:::${pattern}`)(`arn:aws:x:::${text}`, nothing))
      quickly(() => compilePattern(pattern, { variables: true, ignoreCase: true })(text, nothing))
    })

  for (const [what, pattern] of [
    ['blanks', `\${${' '.repeat(5_000)}x${' '.repeat(5_000)}y'}`], ['commas', `\${a${', '.repeat(4_000)}'}`], ['quotes', `\${a,'${"'".repeat(8_000)}x}`], ['openings', '${'.repeat(5_000)], ['dollars', '$'.repeat(10_000)],
  ] as const)
    it(`of ${what} in a policy variable is answered at once`, () => { quickly(() => compilePattern(pattern, { variables: true })('a', nothing)) })

  it('as operator, key or value of a condition is answered at once', () => {
    for (const text of ['ForAllValues:'.repeat(700), `${'IfExists'.repeat(1_000)}x`, '*a'.repeat(3_000)]) {
      const json = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: text, Resource: text, Condition: { [text]: { [text]: text }, StringLike: { [text]: text } } }] })

      quickly(() => {
        const [statement] = parsePolicy(json).statements
        statement!.action('a'.repeat(2_000), nothing)
        for (const condition of statement!.conditions) if ('test' in condition) condition.test(() => ['a'.repeat(2_000)])
      })
    }
  })

  for (const [what, expression] of [
    ['openings', '${'.repeat(20_000)], ['dots', `$request.body${'.a'.repeat(20_000)}`], ['brackets', `$request.body${'[0]'.repeat(20_000)}`], ['backslashes', '\\$'.repeat(20_000)],
    ['long names', `$request.body.${'a'.repeat(50_000)}!`], ['header dots', `\${request.header${'.x'.repeat(20_000)} }`],
  ] as const)
    it(`of ${what} in a selection expression is answered at once`, () => {
      quickly(() => isSelectionExpression(expression))
      quickly(() => evaluateSelection(expression, { request: { body: { a: [1] } } }))
    })

  it('of a message nested without end is answered at once, in text', () => {
    for (const body of ['['.repeat(60_000) + ']'.repeat(60_000), '{"a":'.repeat(20_000) + '1' + '}'.repeat(20_000)])
      for (const expression of ['$request.body', '${request.body}', '$request.body.a', '${request.body.a}${request.body[0]}'])
        assert.equal(typeof quickly(() => evaluateSelection(expression, { request: { body: JSON.parse(body) } })), 'string')
  })

  for (const [what, pattern] of [['quotes', '"a'.repeat(20_000)], ['escapes', `"${'\\'.repeat(40_000)}`], ['blanks', `${' '.repeat(50_000)}x "`], ['signs', '-'.repeat(50_000)], ['terms', 'a '.repeat(50_000)]] as const)
    it(`of ${what} in a filter of logs is answered at once`, () => { quickly(swallow(() => filterPattern(pattern)('a'.repeat(100_000)))) })

  for (const [what, header] of [['blanks', `AWS4-HMAC-SHA256${' '.repeat(30_000)}`], ['commas', `AWS4-HMAC-SHA256 ${','.repeat(30_000)}`], ['slashes', `AWS4-HMAC-SHA256 Credential=${'/'.repeat(30_000)}`]] as const)
    it(`of ${what} in the Authorization header is answered at once`, () => { quickly(swallow(() => readClaim({ authorization: header, 'x-amz-date': '20260101T000000Z' }, new URLSearchParams()))) })

  it('in Host or Origin is answered at once', () => {
    for (const text of ['a.'.repeat(15_000), '['.repeat(30_000), ':'.repeat(30_000), `localhost${':1'.repeat(15_000)}`]) {
      quickly(() => hostNameOf(text))
      quickly(() => isLoopbackOrigin(`http://${text}`))
    }
  })
})

describe('isMatch', () => {
  it('knows what matches, from the beginning to the end', () => {
    assert.deepEqual([isMatch('2\\d\\d', '200'), isMatch('2', '200'), isMatch('a|200', '200')], [true, false, true])
  })
  it('answers undefined for what is no pattern, and for one that takes too long', () => {
    assert.equal(isMatch('(', 'x'), undefined)
    assert.equal(quickly(() => isMatch('(a+)+', `${'a'.repeat(40)}!`), 1_000), undefined)
    assert.equal(quickly(() => isMatch('((((.?){99}){99}){99}){99}x', '200'), 2_000), undefined)
  })
})

describe('a regular expression that a client may choose', () => {
  let aws: Victim
  before(async () => { aws = await startTestCloud() })
  after(() => aws.stop())

  it('as AllowedPattern of a parameter ends in a ValidationError', async () => {
    const cloudFormation = new CloudFormation(aws.client)
    const Resources = { A: { Type: 'AWS::Logs::LogGroup' } }
    for (const AllowedPattern of ['(a+)+', '(', '((((.?){99}){99}){99}){99}x', '[', '(?<a>x)\\k<b>', '\\']) {
      const begin = performance.now()
      await assert.rejects(
        cloudFormation.createStack({ StackName: 'patterns', TemplateBody: JSON.stringify({ Parameters: { P: { Type: 'String', AllowedPattern } }, Resources }), Parameters: [{ ParameterKey: 'P', ParameterValue: `${'a'.repeat(40)}!` }] }),
        { name: 'ValidationError' }, AllowedPattern,
      )
      assert.ok(performance.now() - begin < 2_000, AllowedPattern)
    }
  })

  it('as key of an integration response keeps nobody waiting', () => {
    const responses = { a: { IntegrationResponseKey: '/((((.?){99}){99}){99}){99}x/' } }
    const run = () => runMock({ integration: { RequestTemplates: { $default: '{"statusCode":200}' }, TemplateSelectionExpression: '$default' }, responses } as never, { isTwoWay: true, log: () => {} })

    assert.equal(quickly(run, 2_000).kind, 'failed')
  })

  it('as a message nested without end is answered over the socket', async () => {
    const chat = await mockChat(aws)
    const api = new ApiGatewayV2(aws.client)
    const ApiId = chat.split('/')[1]
    await api.updateApi({ ApiId, RouteSelectionExpression: '${request.body}' })
    await api.createDeployment({ ApiId, StageName: 'beta' })
    const client = new WebSocket(`${aws.url.replace('http', 'ws')}${chat}`)
    await once(client, 'open')
    client.send('['.repeat(16_000) + ']'.repeat(16_000))

    const [answer] = await once(client, 'message', { signal: AbortSignal.timeout(3_000) }) as [Buffer]
    assert.equal(answer.toString(), 'pong')
    client.terminate()
  })
})
