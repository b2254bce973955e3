import { describe, it } from 'node:test'
import { solution } from '../../verify/testing.ts'
import { startTestCloud } from '../testing.ts'
import { emptyHome, PATIENCE_MS } from './client-process.ts'
import { writePackage } from './package-file.ts'
import { program } from './programs.ts'
import { runChecks } from './python-checks.ts'

describe('boto3', { timeout: PATIENCE_MS }, () => {
  it('builds the chat in another order, and meets the errors that its classes promise', async (test) => {
    program('websockets')
    const [local, home] = await Promise.all([startTestCloud(), emptyHome()])
    const zips = [
      await writePackage(home.folder, 'connect', solution('01-connect/putConnectedClientToDDB.ts')),
      await writePackage(home.folder, 'send', solution('02-send-message/sendMessageToConnectedClient.ts')),
    ]
    try {
      await runChecks(test, 'boto3_chat.py', { local, home: home.folder, args: zips })
    } finally {
      await local.stop()
      await home.remove()
    }
  })
})
