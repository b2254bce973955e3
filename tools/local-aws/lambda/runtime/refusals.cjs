'use strict'
// What a program sees that wants to leave this machine: what it would see where there is no such name, and no way.
const net = require('node:net')

const ENOTFOUND = -3008

/** Whether a host means this machine. No host at all does, to `net.connect`. */
function isLoopback(host) {
  if (host === undefined || host === null || host === '') return true
  const name = String(host).toLowerCase().replace(/^\[|\]$/g, '')
  if (name === 'localhost' || name.endsWith('.localhost')) return true
  if (net.isIPv4(name)) return name.startsWith('127.') || name === '0.0.0.0'
  return name === '::1' || name === '::' || name.startsWith('::ffff:127.')
}

const noSuchName = (hostname, syscall = 'getaddrinfo') =>
  Object.assign(new Error(`${syscall} ENOTFOUND ${hostname}`), { errno: ENOTFOUND, code: 'ENOTFOUND', syscall, hostname })

const noWay = (address, port) =>
  Object.assign(new Error(`connect ENETUNREACH ${address}:${port}`), { errno: -101, code: 'ENETUNREACH', syscall: 'connect', address, port })

const noAnswer = (address, port) =>
  Object.assign(new Error(`connect ETIMEDOUT ${address}:${port}`), { errno: -110, code: 'ETIMEDOUT', syscall: 'connect', address, port })

module.exports = { isLoopback, noAnswer, noSuchName, noWay }
