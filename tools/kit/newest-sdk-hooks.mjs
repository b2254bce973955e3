// Plain JavaScript, because Node loads it before tsx: `--import` it, and what is a client of AWS in the kit gets the SDK
// from the folder NEWEST_SDK, while the local AWS keeps the one it was written with.
import { existsSync } from 'node:fs'
import { register } from 'node:module'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath, pathToFileURL } from 'node:url'

const CLIENTS = ['tools/verify', 'tools/local-aws/conformance', 'tools/local-aws/clients'].map((folder) => `${pathToFileURL(path.resolve(fileURLToPath(import.meta.url), '../../..', folder)).href}/`)
const folder = process.env.NEWEST_SDK

// Node runs this file twice: here it is asked for, there it answers.
if (folder && !process.env.NEWEST_SDK_IS_REGISTERED) {
  process.env.NEWEST_SDK_IS_REGISTERED = 'true'
  register(import.meta.url)
  delete process.env.NEWEST_SDK_IS_REGISTERED
}

/** @type {import('node:module').ResolveHook} */
export function resolve(specifier, context, next) {
  const [, name] = /^(@(?:aws-sdk|smithy)\/[^/]+)/.exec(specifier) ?? []
  const isClient = CLIENTS.some((place) => context.parentURL?.startsWith(place))
  if (!name || !isClient || !existsSync(path.join(folder, 'node_modules', name))) return next(specifier, context)
  return next(specifier, { ...context, parentURL: pathToFileURL(path.join(folder, 'asks.mjs')).href })
}
