'use strict'
// Rules of nodejs24.x: a handler answers with what it returns. The runtime catches nothing else: Node itself ends the process.
const { createContext } = require('./context.cjs')
const { CallbackHandlerDeprecated, JSONStringifyError } = require('./errors.cjs')

const CALLBACKS_REMOVED = 'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. '
  + 'You need to modify this function to use a supported handler signature to use Node.js 24 or later. '
  + 'For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.'

async function start(session, load) {
  try {
    const handler = await load()
    if (handler.length >= 3) throw new CallbackHandlerDeprecated(CALLBACKS_REMOVED)
    serve(session, handler)
  } catch (error) {
    session.fail('Init Error', error, { fatal: true })
    process.exit(1)
  }
}

const serve = (session, handler) => session.next((header, event) => run(session, handler, header, event))

function run(session, handler, header, event) {
  // One turn of the event loop before the answer: a rejection that nobody handles kills the process first (D2.8).
  const answer = (send) => setImmediate(() => {
    send()
    setImmediate(serve, session, handler)
  })
  resultOf(handler, event, createContext(header)).then(
    (body) => answer(() => session.succeed(body)),
    (error) => answer(() => session.fail('Invoke Error', error)),
  )
}

async function resultOf(handler, event, context) {
  const result = await handler(event, context)
  try {
    return JSON.stringify(result) ?? 'null'
  } catch {
    throw new JSONStringifyError('Unable to stringify response body')
  }
}

module.exports = { start }
