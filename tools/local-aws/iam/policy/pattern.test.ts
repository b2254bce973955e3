import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { compileArnPattern, compilePattern } from './pattern.ts'

const nothing = () => undefined

describe('a pattern (E2.3)', () => {
  const cases: [pattern: string, text: string, matches: boolean][] = [
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
    ['dynamodb:Put*', 'dynamodb:PutItem', true],
    ['dynamodb:Put*', 'dynamodb:Put', true],
    ['dynamodb:P?t', 'dynamodb:Put', true],
    ['dynamodb:P?t', 'dynamodb:Pt', false],
    ['arn:aws:execute-api:*:*:*', 'arn:aws:execute-api:us-east-1:1:api/beta/POST/@connections/x=', true],
    ['arn:*table/T', 'arn:aws:dynamodb:us-east-1:000000000000:table/T', true],
    ['table/T', 'table/t', false],
    ['a*b*c', 'aXXbYYbZZc', true],
    ['a*b*c', 'aXXbYYbZZ', false],
    ['[a].*', '[a].x', true],
    ['[a].*', 'a.x', false],
  ]
  for (const [pattern, text, matches] of cases)
    it(`"${pattern}" ${matches ? 'matches' : 'does not match'} "${text}"`, () => {
      assert.equal(compilePattern(pattern)(text, nothing), matches)
    })

  it('of an action ignores case', () => {
    assert.equal(compilePattern('DynamoDB:putitem', { ignoreCase: true })('dynamodb:PutItem', nothing), true)
  })

  it('with many stars is answered at once', () => {
    assert.equal(compilePattern(`${'*a'.repeat(30)}b`)('a'.repeat(5_000), nothing), false)
  })

  it('agrees with a simple matcher on random patterns', () => {
    const random = pseudoRandom(20_260_101)
    for (let round = 0; round < 20_000; round++) {
      const pattern = randomText('ab:*?', random)
      const text = randomText('ab:', random)
      assert.equal(compilePattern(pattern)(text, nothing), simpleMatch(pattern, text), `"${pattern}" on "${text}"`)
    }
  })
})

const variables = (name: string) => name === 'aws:username' ? 'ana*' : undefined

describe('policy variables', () => {
  it('are replaced by their literal value', () => {
    const pattern = compilePattern('home/${aws:UserName}/*', { variables: true })

    assert.equal(pattern('home/ana*/x', variables), true)
    assert.equal(pattern('home/anabel/x', variables), false)
  })

  it('match nothing where the request has no such key, unless there is a default', () => {
    assert.equal(compilePattern('${aws:sourcearn}*', { variables: true })('x', variables), false)
    assert.equal(compilePattern("${aws:sourcearn, 'x'}*", { variables: true })('xy', variables), true)
  })

  it('name the wildcards themselves', () => {
    assert.equal(compilePattern('a${*}', { variables: true })('a*', variables), true)
    assert.equal(compilePattern('a${*}', { variables: true })('ab', variables), false)
  })

  it('are plain text in documents of the older version', () => {
    assert.equal(compilePattern('${aws:username}')('${aws:username}', variables), true)
  })
})

describe('ArnLike (E2.3)', () => {
  const cases: [pattern: string, arn: string, matches: boolean][] = [
    ['arn:aws:execute-api:us-east-1:1:api/*$connect', 'arn:aws:execute-api:us-east-1:1:api/beta/$connect', true],
    ['arn:aws:execute-api:us-east-1:1:api/*$connect', 'arn:aws:execute-api:us-east-1:1:other/beta/$connect', false],
    ['arn:aws:sns:*:*:topic:x', 'arn:aws:sns:us-east-1:1:topic:x', true],
    ['arn:aws:sns:*', 'arn:aws:sns:us-east-1:1:topic', false],
    ['arn:*:topic', 'arn:aws:sns:us-east-1:1:topic', false],
  ]
  for (const [pattern, arn, matches] of cases)
    it(`"${pattern}" ${matches ? 'matches' : 'does not match'} "${arn}": each part on its own`, () => {
      assert.equal(compileArnPattern(pattern)(arn, nothing), matches)
    })
})

/** Says what a pattern means, slowly. */
function simpleMatch(pattern: string, text: string): boolean {
  const [first] = pattern
  if (first === undefined) return text === ''
  if (first === '*') return simpleMatch(pattern.slice(1), text) || (text !== '' && simpleMatch(pattern, text.slice(1)))
  return text !== '' && (first === '?' || first === text[0]) && simpleMatch(pattern.slice(1), text.slice(1))
}

function randomText(alphabet: string, random: () => number) {
  return Array.from({ length: Math.floor(random() * 9) }, () => alphabet[Math.floor(random() * alphabet.length)]).join('')
}

/** The same numbers in every run, so that a failure can be repeated. */
function pseudoRandom(seed: number) {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
    return state / 2 ** 32
  }
}
