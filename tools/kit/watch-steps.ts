import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { watch } from 'chokidar'
import { root } from '../lib/paths.ts'

/** Editors write a file in several goes. */
const SETTLE_MS = 120

/** Calls `changed` with the saved files (paths below `steps/`) soon after each save, until `close`. */
export async function watchSteps(changed: (files: string[]) => void, { folder = path.join(root, 'steps') } = {}) {
  const watcher = watch(folder, { ignoreInitial: true, usePolling: needsPolling(folder), interval: 300, ignored: /(^|[/\\])(node_modules|\.[^/\\]+|.*~|.*\.swp)$/ })
  let files = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  watcher.on('all', (_, file) => {
    files.add(path.relative(folder, file).replaceAll(path.sep, '/'))
    clearTimeout(timer)
    timer = setTimeout(() => {
      const saved = [...files]
      files = new Set()
      changed(saved)
    }, SETTLE_MS)
  })
  await new Promise<void>((resolve) => { watcher.once('ready', () => resolve()) })
  return {
    async close() {
      clearTimeout(timer)
      await watcher.close()
    },
  }
}

/** On a Windows drive under WSL 2 nobody is told of changes, silently; looking again and again is the only way. WORKSHOP_POLL=1 asks for it elsewhere. */
export function needsPolling(folder: string, { environment = process.env, version = linuxVersion() } = {}) {
  return environment.WORKSHOP_POLL === '1' || (/microsoft/i.test(version) && /^\/mnt\/[a-z]\//.test(folder))
}

const linuxVersion = () => existsSync('/proc/version') ? readFileSync('/proc/version', 'utf8') : ''
