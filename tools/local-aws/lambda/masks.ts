import path from 'node:path'
import { pathToFileURL } from 'node:url'

const RUNTIME = path.join(import.meta.dirname, 'runtime')

/**
 * Makes a function that puts AWS's folders in the place of ours, in traces, messages and log lines: `/var/task` for the unpacked package,
 * `/var/runtime/index.mjs` for the files of the runtime.
 *
 * Differs from AWS: on Windows the rest of such a path keeps its backslashes.
 */
export function createMask(folder: string): (text: string) => string {
  const runtimeFiles = new RegExp(`${spellings(RUNTIME).map(escape).join('|')}`, 'g')
  const runtime = new RegExp(`(?:${runtimeFiles.source})(?:[\\\\/]+)[\\w-]+\\.cjs`, 'g')
  const task = new RegExp(spellings(folder).map(escape).join('|'), 'g')
  return (text) => text
    .replaceAll(runtime, (found) => (found.startsWith('file:') ? 'file:///var/runtime/index.mjs' : '/var/runtime/index.mjs'))
    .replaceAll(task, (found) => (found.startsWith('file:') ? 'file:///var/task' : '/var/task'))
}

/** As a path, as a path inside JSON, and as a URL. */
const spellings = (folder: string) => [...new Set([pathToFileURL(folder).href, folder, folder.replaceAll('\\', '\\\\'), folder.replaceAll('\\', '/')])]
const escape = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
