'use strict'
// How the runtime in a function's process speaks with the local AWS: frames over two pipes, read and written synchronously.
//
// Reading blocks. That is what freezes an environment between invocations (D4.22, A13.5): no timer fires and no socket is served until the
// next event arrives, on every operating system, and when the local AWS dies the read ends and so does the process.
// Writing blocks too, so what was logged before a crash or `process.exit` is never lost.
// Differs from AWS: worker threads and child processes of a handler are not frozen.
const { readSync, writeSync } = require('node:fs')

const IN = 3
const OUT = 4
const PREFIX_BYTES = 8

/** Sends one frame: the lengths of header and body (32 bits each, big endian), the header as JSON, the body as it is. */
function send(header, body = '') {
  const head = Buffer.from(JSON.stringify(header))
  const tail = typeof body === 'string' ? Buffer.from(body) : body
  const prefix = Buffer.alloc(PREFIX_BYTES)
  prefix.writeUInt32BE(head.length, 0)
  prefix.writeUInt32BE(tail.length, 4)
  writeAll(Buffer.concat([prefix, head, tail]))
}

/** Waits for the next frame. Answers undefined once the other end has gone. */
function receive() {
  const prefix = readExactly(PREFIX_BYTES)
  if (!prefix) return undefined
  const head = readExactly(prefix.readUInt32BE(0))
  const body = readExactly(prefix.readUInt32BE(4))
  if (!head || !body) return undefined
  return { header: JSON.parse(head.toString()), body: body.toString() }
}

function readExactly(length) {
  const buffer = Buffer.allocUnsafe(length)
  let filled = 0
  while (filled < length) {
    const count = patiently(() => readSync(IN, buffer, filled, length - filled, null))
    if (count === 0) return undefined
    filled += count
  }
  return buffer
}

function writeAll(buffer) {
  let sent = 0
  while (sent < buffer.length) {
    const count = patiently(() => writeSync(OUT, buffer, sent, buffer.length - sent))
    if (count === 0) process.kill(process.pid, 'SIGKILL') // nobody listens any more: there is no one left to answer
    sent += count
  }
}

function patiently(transfer) {
  for (;;) {
    try {
      return transfer()
    } catch (error) {
      if (error.code === 'EOF' || error.code === 'EPIPE' || error.code === 'ECONNRESET') return 0
      if (error.code !== 'EAGAIN' && error.code !== 'EINTR') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
    }
  }
}

module.exports = { send, receive }
