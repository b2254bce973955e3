import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { note, table } from '../lib/output.ts'
import { root } from '../lib/paths.ts'
import type { Command } from './command.ts'
import { filesEnding, guardedTests } from './guarded-tests.ts'
import { installNewest, ownSdk } from './newest-sdk.ts'

const usage = 'npm run test:sdk-newest'
/** Also a client of the SDK. */
const VERIFY = 'tools/verify/verify.test.ts'

export const command: Command = {
  summary: 'Lets the newest SDK of today judge the local AWS: every fact, the chat built by hand, verify.',
  usage,
  details: ['It installs the newest clients from the npm registry into a folder of its own, and removes it afterwards; a few minutes.'],
  example: usage,
  async run() {
    const folder = mkdtempSync(path.join(tmpdir(), 'newest-sdk-'))
    try {
      note('npm fetches the newest SDK …')
      const versions = await installNewest(ownSdk(), folder)
      for (const line of table([['package', 'ours', 'newest'], ...versions.map(({ name, ours, newest }) => [name, ours, newest])]).split('\n')) note(line)

      process.env.NEWEST_SDK = folder
      process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --import ${pathToFileURL(path.join(root, 'tools/kit/newest-sdk-hooks.mjs')).href}`.trim()
      return await guardedTests([...filesEnding('.newest.ts'), VERIFY])
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    }
  },
}
