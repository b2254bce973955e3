'use strict'
const workerThreads = require('node:worker_threads')

/** What Node's own modules connect and ask with, and old packages at times. */
const INNER = /^(?:tcp|udp|pipe|tls|cares)_wrap$/

/** Worker threads get the preload by the arguments of the process, unless they are given others. */
function patchWorkers(preload) {
  const { Worker } = workerThreads
  workerThreads.Worker = class extends Worker {
    constructor(script, options) {
      super(script, options?.execArgv ? { ...options, execArgv: [...options.execArgv, '--require', preload] } : options)
    }
  }
  Object.defineProperty(workerThreads.Worker, 'name', { value: 'Worker' })
}

/** The bindings under `net`, `dgram` and `dns` would lead past the preload. */
function closeBindings() {
  const { binding } = process
  process.binding = function bindingWithin(name) {
    if (INNER.test(name)) throw Object.assign(new Error(`No such binding: ${name}`), { code: 'ERR_INVALID_MODULE' })
    return binding.call(this, name)
  }
}

module.exports = { closeBindings, patchWorkers }
