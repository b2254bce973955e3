'use strict'
// Started with the folder of the functions on Linux and macOS. It waits for the local AWS to end, however that happens, then ends the functions'
// processes and removes their folder. A process in the middle of an endless loop could not do so itself. (On Windows the system does it.)
const { rmSync } = require('node:fs')

const [, , folder] = process.argv
const pids = new Set()
let rest = ''

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => { /* the local AWS decides when it is over */ })
process.stdin.setEncoding('utf8')
process.stdin.on('data', (text) => {
  const lines = (rest + text).split('\n')
  rest = lines.pop()
  for (const line of lines) {
    if (line.startsWith('-')) pids.delete(Number(line.slice(1)))
    else pids.add(Number(line))
  }
})
process.stdin.on('close', () => {
  for (const pid of pids) {
    try {
      process.kill(-pid, 'SIGKILL')
    } catch { /* it has ended */ }
  }
  rmSync(folder, { recursive: true, force: true })
})
