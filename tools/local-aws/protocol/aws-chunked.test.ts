import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { unframe } from './aws-chunked.ts'
import { MalformedInput } from './malformed-input.ts'

const text = (framed: string) => {
  const { body, trailers } = unframe(Buffer.from(framed))
  return { body: Buffer.from(body).toString(), trailers }
}

describe('unframe', () => {
  it('joins the chunks and reads what follows them', () => {
    assert.deepEqual(text('3\r\nabc\r\n2\r\nde\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n'), { body: 'abcde', trailers: { 'x-amz-checksum-crc32': 'AAAAAA==' } })
  })

  it('passes over the signatures of chunks', () => {
    assert.deepEqual(text('3;chunk-signature=00\r\nabc\r\n0;chunk-signature=01\r\n\r\n'), { body: 'abc', trailers: {} })
  })

  it('keeps line ends inside of chunks', () => {
    assert.equal(text('4\r\n\r\n\r\n\r\n0\r\n\r\n').body, '\r\n\r\n')
  })

  for (const framed of ['', 'abc', '5\r\nabc', '3\r\nabcd\r\n0\r\n\r\n', '3\r\nabc\r\n', '-1\r\nabc\r\n0\r\n\r\n', 'zz\r\n', 'fffffffff\r\na', '3\r\nabc\r\n0'])
    it(`throws at ${JSON.stringify(framed)}`, () => { assert.throws(() => unframe(Buffer.from(framed)), MalformedInput) })
})
