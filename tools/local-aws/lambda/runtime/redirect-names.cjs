'use strict'
const dgram = require('node:dgram')
const dns = require('node:dns')
const net = require('node:net')
const { kindOfAwsName } = require('./aws-names.cjs')
const { isLoopback, noSuchName, noWay } = require('./refusals.cjs')

/** Names are not asked for: AWS's are those of the local AWS, loopback's are known, there are no others. */
function patchNames(local) {
  const { lookup } = dns
  const lookupPromise = dns.promises.lookup
  const known = (name) => (local && kindOfAwsName(name) ? local.host : isLoopback(name) || isAddress(name) ? name : undefined)

  dns.lookup = function lookupLocally(name, ...rest) {
    const target = known(name)
    if (target === undefined) return void process.nextTick(rest.at(-1), noSuchName(name))
    return lookup.call(this, target, ...rest)
  }
  dns.promises.lookup = async function lookupLocally(name, ...rest) {
    const target = known(name)
    if (target === undefined) throw noSuchName(name)
    return lookupPromise.call(this, target, ...rest)
  }
  for (const holder of [dns, dns.Resolver.prototype]) refuseQueries(holder, (error, args) => process.nextTick(args.at(-1), error))
  for (const holder of [dns.promises, dns.promises.Resolver.prototype]) refuseQueries(holder, async (error) => { throw error })
  patchDatagrams()
}

const isAddress = (name) => net.isIP(String(name)) !== 0

const SYSCALLS = { resolve: 'queryA', resolve4: 'queryA', resolve6: 'queryAaaa', reverse: 'getHostByAddr' }

/** resolve, resolve4, …, reverse: they would ask a name server. */
function refuseQueries(holder, answer) {
  for (const method in methodsOf(holder)) {
    if (!/^(resolve|reverse)/.test(method)) continue
    const syscall = SYSCALLS[method] ?? method.replace(/^resolve/, 'query')
    holder[method] = (name, ...rest) => answer(noSuchName(name, syscall), rest)
  }
}

/** Own and inherited: Resolver has its methods from a class of its own. */
function methodsOf(holder) {
  const parent = Object.getPrototypeOf(holder)
  const inherited = parent && parent !== Object.prototype ? Object.getOwnPropertyDescriptors(parent) : {}
  return { ...inherited, ...Object.getOwnPropertyDescriptors(holder) }
}

function patchDatagrams() {
  const { createSocket } = dgram
  // A look-up of the caller's own is asked even for addresses, and could answer others.
  dgram.createSocket = (type, ...rest) => createSocket(typeof type === 'object' && type !== null ? { ...type, lookup: undefined } : type, ...rest)

  const { send, connect } = dgram.Socket.prototype
  // send(message, [offset, length,] port, address, callback): the address is the only text after the message
  dgram.Socket.prototype.send = function sendLocally(...args) {
    const address = args.slice(1).find((value) => typeof value === 'string')
    if (isLoopback(address)) return send.apply(this, args)
    return refuse(this, args, address)
  }
  dgram.Socket.prototype.connect = function connectLocally(...args) {
    const address = args.slice(1).find((value) => typeof value === 'string')
    if (isLoopback(address)) return connect.apply(this, args)
    return refuse(this, args, address)
  }
}

function refuse(socket, args, address) {
  const error = isAddress(address) ? noWay(address, args.find((value) => typeof value === 'number')) : noSuchName(address)
  const callback = args.find((value) => typeof value === 'function')
  process.nextTick(() => (callback ? callback(error) : socket.emit('error', error)))
}

module.exports = { patchNames }
