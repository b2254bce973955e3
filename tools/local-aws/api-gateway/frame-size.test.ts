import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createFrameMeter } from './frame-size.ts'

/** A masked frame as clients send it. */
function frame(length: number, { opcode = 1, fin = true } = {}) {
  const size = length < 126 ? Buffer.from([0x80 | length]) : length < 65_536 ? Buffer.from([0xfe, length >> 8, length & 0xff]) : Buffer.concat([Buffer.from([0xff]), long(length)])
  return Buffer.concat([Buffer.from([(fin ? 0x80 : 0) | opcode]), size, Buffer.alloc(4), Buffer.alloc(length)])
}
function long(length: number) {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(length))
  return bytes
}
const limits = { maxFrameBytes: 300, maxMessageBytes: 700 }

describe('frame meter', () => {
  it('finds a frame over the limit, whatever the pieces it comes in', () => {
    const stream = Buffer.concat([frame(300), frame(0), frame(5), frame(301)])
    for (const step of [1, 7, stream.length]) {
      const isTooBig = createFrameMeter(limits)
      const verdicts: boolean[] = []
      for (let at = 0; at < stream.length && !verdicts.at(-1); at += step) verdicts.push(isTooBig(stream.subarray(at, at + step)))
      assert.equal(verdicts.at(-1), true, `in pieces of ${step}`)
    }
    assert.equal(createFrameMeter(limits)(stream.subarray(0, stream.length - frame(301).length)), false)
  })

  it('adds up the frames of a message, but not the control frames among them', () => {
    const isTooBig = createFrameMeter(limits)

    assert.equal(isTooBig(Buffer.concat([frame(300, { fin: false }), frame(100, { opcode: 9 }), frame(300, { opcode: 0, fin: false })])), false)
    assert.equal(isTooBig(frame(101, { opcode: 0 })), true)
  })

  it('begins anew with each message', () => {
    const isTooBig = createFrameMeter(limits)

    for (let i = 0; i < 10; i++) assert.equal(isTooBig(frame(300)), false)
  })

  it('reads the header of a frame that is 8 bytes long', () => {
    assert.equal(createFrameMeter({ maxFrameBytes: 70_000, maxMessageBytes: 70_000 })(frame(70_000)), false)
    assert.equal(createFrameMeter()(frame(70_000)), true)
  })
})
