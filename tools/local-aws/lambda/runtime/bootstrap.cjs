'use strict'
// The runtime in a function's process. The host's Node runs it; the rules are those of the function's declared runtime (D2).
const { patchConsole } = require('./console.cjs')
const { loadHandler } = require('./load-handler.cjs')
const { createSession } = require('./session.cjs')

const major = Number(/nodejs(\d+)/.exec(process.env.AWS_EXECUTION_ENV)[1])
const hasCallbacks = major < 24
const { start } = hasCallbacks ? require('./callback-style.cjs') : require('./async-style.cjs')

const session = createSession({ noRequest: hasCallbacks ? 'undefined' : '-' })
patchConsole({ requestId: session.requestId, json: process.env.AWS_LAMBDA_LOG_FORMAT === 'JSON', minimum: process.env.AWS_LAMBDA_LOG_LEVEL })
dropHostWarnings()
globalThis.awslambda = {
  streamifyResponse() {
    throw new Error('Response streaming is not built into the local AWS. It works on AWS: npm run use aws')
  },
}

// Loaded outside of the module's own run: a handler must not find this file as `require.main`.
setImmediate(() => start(session, () => loadHandler(process.env.LAMBDA_TASK_ROOT, process.env._HANDLER, { namesRuntime: hasCallbacks })))

/** The SDK warns of Node versions that it will not support much longer. It means this machine's; the declared runtime has another. */
function dropHostWarnings() {
  const { emitWarning } = process
  process.emitWarning = (warning, ...rest) => {
    if (!String(warning).startsWith('NodeVersionSupportWarning')) emitWarning.call(process, warning, ...rest)
  }
}
