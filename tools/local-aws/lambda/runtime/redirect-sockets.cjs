'use strict'
const net = require('node:net')
const tls = require('node:tls')
const { kindOfAwsName } = require('./aws-names.cjs')
const { isLoopback, noAnswer, noSuchName, noWay } = require('./refusals.cjs')

const HTTPS = 443
const HTTP = 80
/** How long Linux tries to connect where nobody answers. */
const CONNECT_TIMEOUT_MS = 127_000

/** @param local `{ host, port }` of the local AWS; undefined where there is none */
function patchSockets(local) {
  const connect = net.Socket.prototype.connect
  const connectTls = tls.connect

  net.Socket.prototype.connect = function connectLocally(...args) {
    const { options, callback } = readConnectArguments(args)
    const { host, port, path } = options
    if (path) return connect.apply(this, args)
    // A look-up of the caller's own could lead the names of loopback elsewhere.
    if (isLoopback(host)) return options.lookup ? connect.call(this, { ...options, lookup: undefined }, callback) : connect.apply(this, args)

    const way = local && !options.isRefused ? wayTo(host, Number(port)) : 'refused'
    if (way === 'local') return connect.call(this, { ...options, ...local, lookup: undefined }, callback)
    if (way === 'silent') return waitInVain(this, host, port)
    if (net.isIP(host)) return fail(this, noWay(host, port))
    return connect.call(this, { ...options, lookup: (name, _options, done) => process.nextTick(done, noSuchName(name)) }, callback)
  }

  tls.connect = function connectInClear(...args) {
    const { options, callback } = readTlsArguments(args)
    const host = options.host ?? options.servername
    const isOver = Boolean(options.socket ?? options.path) // https gives `path: null`
    if (isOver || isLoopback(host) || !local || wayTo(host, Number(options.port ?? HTTPS)) !== 'local') return connectTls.apply(this, args)

    if (speaksOnlyHttp2(options)) return connectTls.call(this, { ...options, isRefused: true }, callback) // HTTP/2 is not built into the local AWS

    const socket = new net.Socket(options)
    Object.assign(socket, { encrypted: true, authorized: true, alpnProtocol: false, servername: options.servername ?? host })
    // Node's own https, undici and ws learn from TLS sockets that they are ready by this event.
    socket.once('connect', () => process.nextTick(() => socket.emit('secureConnect')))
    if (callback) socket.once('secureConnect', callback)
    return connect.call(socket, { ...options, ...local, lookup: undefined, servername: undefined })
  }
}

/**
 * `local`: an AWS endpoint. `silent`: nobody answers there on AWS, as on port 80 of an API (an endpoint that begins with `wss://` goes there).
 * `refused`: anything else.
 */
function wayTo(host, port) {
  const kind = kindOfAwsName(host)
  if (kind === undefined) return 'refused'
  if (port === HTTPS || (port === HTTP && kind === 'service')) return 'local'
  return 'silent'
}

/** As a connection to a port that drops everything: it keeps the process alive and fails after two minutes. */
function waitInVain(socket, host, port) {
  socket.connecting = true
  const timer = setTimeout(() => socket.destroy(noAnswer(host, port)), CONNECT_TIMEOUT_MS)
  socket.once('close', () => clearTimeout(timer))
  return socket
}

function fail(socket, error) {
  socket.connecting = true // what is written meanwhile waits, as for any connection that is being made
  process.nextTick(() => socket.destroy(error))
  return socket
}

const speaksOnlyHttp2 = ({ ALPNProtocols }) => Array.isArray(ALPNProtocols) && ALPNProtocols.length > 0 && ALPNProtocols.every((name) => name === 'h2')

/** (options), (path), (port, host), each with a callback; or the list that `net.connect` hands over. */
function readConnectArguments(args) {
  const list = Array.isArray(args[0]) ? args[0] : args
  const [first, second] = list
  const callback = list.find((value) => typeof value === 'function')
  if (typeof first === 'object' && first !== null) return { options: first, callback }
  if (typeof first === 'string' && Number.isNaN(Number(first))) return { options: { path: first }, callback }
  return { options: { port: first, host: typeof second === 'string' ? second : undefined }, callback }
}

/** (options), (port, host, options), (port, options), each with a callback. */
function readTlsArguments(args) {
  const callback = args.find((value) => typeof value === 'function')
  const given = args.find((value) => typeof value === 'object' && value !== null) ?? {}
  const port = typeof args[0] === 'object' ? undefined : args[0]
  const host = typeof args[1] === 'string' ? args[1] : undefined
  return { options: { ...given, ...(port !== undefined && { port }), ...(host !== undefined && { host }) }, callback }
}

module.exports = { patchSockets }
