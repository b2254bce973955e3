'use strict'
// What AWS's Node.js runtimes make of the things a handler can throw (D2).

const runtimeError = (name) => {
  const type = { [name]: class extends Error {} }[name]
  type.prototype.name = `Runtime.${name}` // on the prototype, or the stack would begin with "Error:"
  return type
}

const HandlerNotFound = runtimeError('HandlerNotFound')
const MalformedHandlerName = runtimeError('MalformedHandlerName')
const UserCodeSyntaxError = runtimeError('UserCodeSyntaxError')
const ImportModuleError = runtimeError('ImportModuleError')
const UnhandledPromiseRejection = runtimeError('UnhandledPromiseRejection')
const CallbackHandlerDeprecated = runtimeError('CallbackHandlerDeprecated')
const JSONStringifyError = runtimeError('JSONStringifyError')

const isError = (value) =>
  value instanceof Error || (typeof value?.name === 'string' && typeof value.message === 'string' && typeof value.stack === 'string')

function text(value) {
  try {
    return String(value)
  } catch {
    return Object.prototype.toString.call(value)
  }
}

/** The payload of a failed invocation: compact JSON of errorType, errorMessage, trace, in this order. */
function payloadOf(error) {
  if (!isError(error)) return JSON.stringify({ errorType: typeof error, errorMessage: text(error), trace: [] })
  return JSON.stringify({ errorType: text(error.name), errorMessage: text(error.message), trace: linesOf(error) })
}

/** The same failure as the log shows it: `stack` for `trace`, and the error's own further fields (D3.2). */
function logged(error) {
  try {
    return JSON.stringify(error, (_key, value) => (isError(value) ? describe(value) : value)) ?? text(error)
  } catch {
    return payloadOf(error)
  }
}

function describe(error) {
  const described = { errorType: error.name, errorMessage: error.message, code: error.code, ...error }
  return typeof error.stack === 'string' ? { ...described, stack: linesOf(error) } : described
}

const linesOf = (error) => (typeof error.stack === 'string' ? error.stack.split('\n') : [])

module.exports = {
  HandlerNotFound, MalformedHandlerName, UserCodeSyntaxError, ImportModuleError, UnhandledPromiseRejection, CallbackHandlerDeprecated,
  JSONStringifyError, isError, logged, payloadOf,
}
