import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { nearestModules } from './provided-modules.ts'

const RUNTIME = path.join(import.meta.dirname, 'runtime')
const modules = nearestModules('@aws-sdk')?.replace(/.@aws-sdk$/, '')

/**
 * Makes a function that puts AWS's folders in the place of ours, in traces, messages and log lines: `/var/task` for the unpacked package,
 * `/var/runtime/index.mjs` for the files of the runtime, `/var/runtime/node_modules` for the SDK that comes with it.
 *
 * Differs from AWS: on Windows the rest of such a path keeps its backslashes.
 */
export function createMask(folder: string): (text: string) => string {
  const masks = [
    mask(`(?:${anySpelling(RUNTIME)})(?:[\\\\/]+)[\\w-]+\\.cjs`, '/var/runtime/index.mjs'),
    mask(anySpelling(folder), '/var/task'),
    ...(modules ? [mask(anySpelling(modules), '/var/runtime/node_modules')] : []),
  ]
  return (text) => masks.reduce((masked, apply) => apply(masked), text)
}

const mask = (pattern: string, replacement: string) => {
  const all = new RegExp(pattern, 'g')
  return (text: string) => text.replaceAll(all, (found) => (found.startsWith('file:') ? `file://${replacement}` : replacement))
}

/** As a URL, as a path, as a path inside JSON. */
function anySpelling(folder: string) {
  const spellings = new Set([pathToFileURL(folder).href, folder, folder.replaceAll('\\', '\\\\'), folder.replaceAll('\\', '/')])
  return [...spellings].map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')
}
