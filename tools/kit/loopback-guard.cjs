// Preload for tests: a connection, a look-up or a datagram off loopback fails at once and is written to LOOPBACK_GUARD_LOG, so that a
// forgotten endpoint can never reach a real account, and the run that tried it goes red even if somebody caught the error.
const dgram = require('node:dgram')
const dns = require('node:dns')
const { appendFileSync } = require('node:fs')
const net = require('node:net')

const isLoopback = (host) => !host || host === 'localhost' || host === '::1' || host.startsWith('127.') || host.startsWith('::ffff:127.')

function refused(what) {
  if (process.env.LOOPBACK_GUARD_LOG) appendFileSync(process.env.LOOPBACK_GUARD_LOG, `${process.pid} ${what} (${process.argv.slice(1, 4).join(' ')})\n`)
  return Object.assign(new Error(`Off loopback, refused in tests: ${what}`), { code: 'ENOTFOUND' })
}

const { connect } = net.Socket.prototype
net.Socket.prototype.connect = function guardedConnect(...args) {
  const [first] = Array.isArray(args[0]) ? args[0] : args
  const options = first !== null && typeof first === 'object' ? first : undefined
  const host = options ? (options.path ? undefined : options.host) : typeof args[1] === 'string' ? args[1] : undefined
  if (isLoopback(host)) return connect.apply(this, args)
  // A look-up of the caller's own decides where a name leads, and may itself refuse; only what it finds is looked at here.
  if (options?.lookup && !net.isIP(host)) {
    options.lookup = guarded(options.lookup, host)
    return connect.apply(this, args)
  }
  process.nextTick(() => this.destroy(refused(`connect ${host}`)))
  return this
}

const guarded = (lookup, host) => function guardedOwnLookup(name, options, callback) {
  lookup.call(this, name, options, (error, found, family) => {
    const addresses = Array.isArray(found) ? found.map(({ address }) => address) : [found]
    if (error || addresses.every(isLoopback)) callback(error, found, family)
    else callback(refused(`connect ${host}`))
  })
}

for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6']) {
  const original = dns[name]
  dns[name] = function guardedLookup(host, ...rest) {
    if (isLoopback(host) || net.isIP(host)) return original.call(this, host, ...rest)
    const callback = rest.at(-1)
    process.nextTick(() => callback(refused(`${name} ${host}`)))
  }
  const promised = dns.promises[name]
  dns.promises[name] = async function guardedLookup(host, ...rest) {
    if (isLoopback(host) || net.isIP(host)) return promised.call(this, host, ...rest)
    throw refused(`${name} ${host}`)
  }
}

const { send } = dgram.Socket.prototype
dgram.Socket.prototype.send = function guardedSend(...args) {
  const host = args.find((arg, index) => index > 0 && typeof arg === 'string')
  if (isLoopback(host)) return send.apply(this, args)
  throw refused(`datagram to ${host}`)
}
