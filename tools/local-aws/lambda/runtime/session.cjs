'use strict'
// The conversation of one process: ready (or a failed init), then event, answer, event, answer.
const channel = require('./channel.cjs')
const { logged, payloadOf } = require('./errors.cjs')

/** One more than an answer may have (D1.12): enough to see that it is too long, without carrying all of it. */
const ENOUGH_BYTES = 6_291_557

const memoryBytes = () => process.memoryUsage.rss()

/** @param noRequest what log lines show where no invocation runs (nodejs24.x: `-`, before: `undefined`) */
function createSession({ noRequest }) {
  let requestId
  let isRunning = false
  const end = (kind, body, details) => {
    isRunning = false
    channel.send({ kind, memoryBytes: memoryBytes(), ...details }, Buffer.from(body).subarray(0, ENOUGH_BYTES))
  }
  channel.send({ kind: 'started', memoryBytes: memoryBytes() })
  return {
    requestId: () => requestId ?? noRequest,
    /** Says that the process is ready, blocks until there is an event, and hands it to `run`. Where the local AWS has gone, the process ends here. */
    next(run) {
      channel.send({ kind: 'idle', memoryBytes: memoryBytes() })
      const frame = channel.receive()
      if (!frame) process.kill(process.pid, 'SIGKILL')
      requestId = frame.header.requestId
      isRunning = true
      process.env._X_AMZN_TRACE_ID = frame.header.traceId
      // One turn of the event loop first: it finds out which connections were closed meanwhile, so that clients do not send on those.
      setImmediate(() => run(frame.header, JSON.parse(frame.body)))
    },
    succeed: (body) => end('result', body),
    /** Writes the log line of a failure (D3.2) and answers with its payload: for the invocation that runs, or for the init. */
    fail(word, error, { fatal = false } = {}) {
      console.error(word, `\t${logged(error)}`)
      end(isRunning ? 'error' : requestId === undefined ? 'initError' : 'afterwards', payloadOf(error), { fatal })
    },
  }
}

module.exports = { createSession }
