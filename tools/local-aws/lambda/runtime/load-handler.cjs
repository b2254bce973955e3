'use strict'
// Finds the function that the Handler setting names (`file.export`), with the errors of AWS's runtimes (D2.18 to D2.24).
const { existsSync, readFileSync, statSync } = require('node:fs')
const Module = require('node:module')
const path = require('node:path')
const { pathToFileURL } = require('node:url')
const { HandlerNotFound, ImportModuleError, MalformedHandlerName, UserCodeSyntaxError } = require('./errors.cjs')

/** Stack traces and "Require stack" lists name AWS's own file where the runtime loads the code. */
const RUNTIME_FILE = '/var/runtime/index.mjs'
const runtimeRequire = Module.createRequire(RUNTIME_FILE)

/**
 * @param root    the folder of the unpacked package
 * @param setting e.g. `index.handler` or `src/app.handlers.connect`
 * @param names   whether "Require stack" lists end with the runtime's file; nodejs24.x has none (D2.18)
 */
async function loadHandler(root, setting, { namesRuntime }) {
  const file = path.basename(setting)
  const folder = setting.slice(0, setting.length - file.length)
  const dot = file.indexOf('.')
  if (dot < 0 || setting.includes('..')) throw new MalformedHandlerName('Bad handler')

  const loaded = await load(root, folder, file.slice(0, dot), namesRuntime).catch((error) => { throw asRuntimeError(error, namesRuntime) })
  const handler = file.slice(dot + 1).split('.').reduce((value, key) => value?.[key], loaded)
  if (!handler) throw new HandlerNotFound(`${setting} is undefined or not exported`)
  if (typeof handler !== 'function') throw new HandlerNotFound(`${setting} is not a function`)
  return handler
}

async function load(root, folder, name, namesRuntime) {
  const base = path.resolve(root, folder, name)
  const require = (file) => (namesRuntime ? runtimeRequire(file) : Module._load(file, undefined, false))
  const isModule = isModulePackage(path.dirname(base), root)

  if (isFile(base)) return require(base)
  if (isFile(`${base}.js`)) return isModule ? import(pathToFileURL(`${base}.js`).href) : require(`${base}.js`)
  if (isFile(`${base}.mjs`)) return import(pathToFileURL(`${base}.mjs`).href)
  if (isFile(`${base}.cjs`)) return require(`${base}.cjs`)
  return runtimeRequire(runtimeRequire.resolve(name, { paths: [root, path.resolve(root, folder)] }))
}

const isFile = (file) => existsSync(file) && statSync(file).isFile()

/** Whether the nearest package.json of the package says `"type": "module"`. */
function isModulePackage(folder, root) {
  const file = path.join(folder, 'package.json')
  if (existsSync(file)) {
    try {
      return JSON.parse(readFileSync(file, 'utf8')).type === 'module'
    } catch {
      return false
    }
  }
  return folder !== root && folder.startsWith(root) && isModulePackage(path.dirname(folder), root)
}

/** Only CommonJS "not found" and syntax errors are renamed; what `import` cannot find stays an `Error` (D2.20). */
function asRuntimeError(error, namesRuntime) {
  if (error instanceof SyntaxError) return wrap(new UserCodeSyntaxError(String(error)), error, namesRuntime)
  if (error?.code === 'MODULE_NOT_FOUND') return wrap(new ImportModuleError(String(error)), error, namesRuntime)
  return error
}

// nodejs24.x keeps the stack of the original for syntax errors, which begins with the file and the line (D2.23).
function wrap(wrapper, original, namesRuntime) {
  if (!namesRuntime && original instanceof SyntaxError) wrapper.stack = original.stack
  return wrapper
}

module.exports = { loadHandler }
