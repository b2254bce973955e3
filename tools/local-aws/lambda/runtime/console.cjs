'use strict'
// `console` and the standard streams of a function, as D3 shows them. Everything goes through the one channel, so that order is kept.
const { format } = require('node:util')
const channel = require('./channel.cjs')
const { isError } = require('./errors.cjs')

const LEVELS = { log: 'INFO', info: 'INFO', debug: 'DEBUG', trace: 'TRACE', warn: 'WARN', error: 'ERROR', fatal: 'FATAL' }
/** Longer text goes in pieces, so that one line of a handler never fills the memory at the other end. */
const PIECE_CHARACTERS = 65_536
const SEVERITY = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']

/**
 * Replaces the logging functions of `console` and the writing of stdout and stderr.
 *
 * @param requestId answers the id of the invocation that runs, or what the runtime prints where there is none
 * @param json whether the function's LogFormat is JSON (D3.6); only then lines below the level `minimum` are left out
 */
function patchConsole({ requestId, json, minimum }) {
  const line = json ? jsonLine : textLine
  for (const [method, level] of Object.entries(LEVELS)) {
    const isHidden = json && SEVERITY.indexOf(level) < SEVERITY.indexOf(minimum)
    console[method] = (...values) => { if (!isHidden) sendText('line', `${line(new Date().toISOString(), requestId(), level, values)}\n`) }
  }

  for (const stream of [process.stdout, process.stderr]) stream.write = writeThrough
}

/** Sends text of any length; all pieces but the last are raw text, which is held back until its line is complete. */
function sendText(kind, text) {
  let start = 0
  while (text.length - start > PIECE_CHARACTERS) {
    const isInPair = (text.charCodeAt(start + PIECE_CHARACTERS - 1) & 0xfc00) === 0xd800
    const end = start + PIECE_CHARACTERS - (isInPair ? 1 : 0)
    channel.send({ kind: 'text' }, text.slice(start, end))
    start = end
  }
  channel.send({ kind }, text.slice(start))
}

const textLine = (time, requestId, level, values) => `${time}\t${requestId}\t${level}\t${format(...values)}`

function jsonLine(timestamp, requestId, level, values) {
  const error = values.find(isError)
  const details = error && { errorType: error.name, errorMessage: error.message, stackTrace: String(error.stack).split('\n').slice(1) }
  const message = values.length === 1 && isPlain(values[0]) ? values[0] : format(...values)
  try {
    return JSON.stringify({ timestamp, level, requestId, message, ...details })
  } catch {
    return JSON.stringify({ timestamp, level, requestId, message: format(...values), ...details })
  }
}

const isPlain = (value) => typeof value === 'object' && value !== null && !isError(value)

/** Stands for `stream.write`: text without a prefix, in pieces of any length. */
function writeThrough(chunk, encoding, callback) {
  const bytes = typeof chunk === 'string' ? Buffer.from(chunk, typeof encoding === 'string' ? encoding : 'utf8') : Buffer.from(chunk)
  sendText('text', bytes.toString())
  const done = typeof encoding === 'function' ? encoding : callback
  if (typeof done === 'function') process.nextTick(done)
  return true
}

module.exports = { patchConsole }
