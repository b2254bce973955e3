'use strict'
// Rules of nodejs22.x and before: a promise, a callback or `context.done` answers; a value that is returned without a promise does not (D2.10).
const { createContext } = require('./context.cjs')
const { UnhandledPromiseRejection } = require('./errors.cjs')

const EXIT_REJECTION = 128
const EXIT_EXCEPTION = 129

async function start(session, load) {
  const die = (word, error, code) => {
    session.fail(word, error, { fatal: true })
    process.exit(code)
  }
  process.on('uncaughtException', (error) => die('Uncaught Exception', error, EXIT_EXCEPTION))
  process.on('unhandledRejection', function (reason, promise) {
    die('Unhandled Promise Rejection', Object.assign(new UnhandledPromiseRejection(String(reason)), { reason, promise }), EXIT_REJECTION)
  })

  let handler
  try {
    handler = await load()
  } catch (error) {
    die('Uncaught Exception', error, EXIT_EXCEPTION)
  }
  serve(session, handler)
}

const serve = (session, handler) => session.next((header, event) => run(session, handler, header, event))

function run(session, handler, header, event) {
  const answer = once((send) => {
    process.removeListener('beforeExit', onEmptyLoop)
    send()
    setImmediate(serve, session, handler)
  })
  const fail = (error) => answer(() => session.fail('Invoke Error', error ?? 'handled')) // D2.4
  const succeed = (value) => {
    try {
      const body = stringify(value)
      answer(() => session.succeed(body))
    } catch (error) {
      fail(error)
    }
  }
  let called = () => succeed(null) // an empty event loop and no answer yet: that is a success (D2.9)
  const onEmptyLoop = () => called()
  process.on('beforeExit', onEmptyLoop)

  const context = createContext(header)
  const done = (error, value) => (error === undefined || error === null ? succeed(value) : fail(error))
  Object.assign(context, { callbackWaitsForEmptyEventLoop: true, succeed, fail, done })
  const callback = (error, value) => {
    called = () => done(error, value)
    if (!context.callbackWaitsForEmptyEventLoop) called()
  }
  try {
    const returned = handler(event, context, callback)
    if (typeof returned?.then === 'function') returned.then(succeed, fail)
  } catch (error) {
    fail(error)
  }
}

function stringify(value) {
  try {
    return JSON.stringify(value) ?? 'null'
  } catch {
    throw new Error('Unable to stringify response body')
  }
}

function once(action) {
  let isDone = false
  return (...values) => {
    if (isDone) return
    isDone = true
    action(...values)
  }
}

module.exports = { start }
