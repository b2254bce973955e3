'use strict'
const childProcess = require('node:child_process')

/**
 * Node processes that the program starts get the preload, too; it follows them through the environment. None of them may leave the group of
 * the program: they end with it, as everything in an execution environment does.
 */
function patchChildren(preload, localAws) {
  const follow = (environment) => ({
    ...environment,
    LOCAL_AWS: localAws ?? '',
    NODE_OPTIONS: [environment.NODE_OPTIONS, `--require ${JSON.stringify(preload)}`].filter(Boolean).join(' '),
  })

  // spawn, exec, execFile and fork end here, with the environment as a list of "NAME=value"
  const { spawn } = childProcess.ChildProcess.prototype
  childProcess.ChildProcess.prototype.spawn = function spawnFollowed(options) {
    const environment = Object.fromEntries((options.envPairs ?? []).map((pair) => [pair.slice(0, pair.indexOf('=', 1)), pair.slice(pair.indexOf('=', 1) + 1)]))
    return spawn.call(this, { ...options, detached: false, envPairs: Object.entries(follow(environment)).map(([name, value]) => `${name}=${value}`) })
  }
  for (const method of ['spawnSync', 'execFileSync', 'execSync']) {
    const run = childProcess[method]
    childProcess[method] = function runFollowed(command, ...rest) {
      const args = rest.filter(Array.isArray)
      const options = rest.find((value) => typeof value === 'object' && value !== null && !Array.isArray(value)) ?? {}
      return run.call(this, command, ...args, { ...options, env: follow(options.env ?? process.env) })
    }
  }
}

module.exports = { patchChildren }
