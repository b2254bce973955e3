'use strict'
// A preload: what goes to an AWS endpoint goes to the local AWS at LOCAL_AWS (HOST:PORT) instead, in clear, with the Host header as it was; loopback stays
// as it is; nothing else gets out. Works for net, tls, http, https, fetch, dns and dgram, in worker threads and in the Node processes that a program starts.
//
// Differs from AWS: a function there reaches the internet. This is a fence against accidents, not a sandbox: programs that are not Node, native modules
// and code that digs for Node's inner classes are not held back (README, Safety).
const { getEnvironmentData, setEnvironmentData, isMainThread } = require('node:worker_threads')
const { syncBuiltinESMExports } = require('node:module')

const LOCAL_AWS = isMainThread ? process.env.LOCAL_AWS : getEnvironmentData('LOCAL_AWS')
setEnvironmentData('LOCAL_AWS', LOCAL_AWS) // workers inherit it
delete process.env.LOCAL_AWS // a handler's environment is AWS's list and nothing more

const local = LOCAL_AWS ? new URL(`http://${LOCAL_AWS}`) : undefined
const options = local && { host: local.hostname.replace(/^\[|\]$/g, ''), port: Number(local.port) }

require('./redirect-sockets.cjs').patchSockets(options)
require('./redirect-names.cjs').patchNames(options)
require('./redirect-children.cjs').patchChildren(__filename, LOCAL_AWS)
const { closeBindings, patchWorkers } = require('./redirect-inner-ways.cjs')
patchWorkers(__filename)
closeBindings()
syncBuiltinESMExports()
