import { spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { describe, it } from 'node:test'
import { solution } from '../../verify/testing.ts'
import { startTestCloud } from '../testing.ts'
import { clientEnvironment, emptyHome, end, PATIENCE_MS } from './client-process.ts'
import { writePackage } from './package-file.ts'
import { program } from './programs.ts'

describe('boto3', { timeout: PATIENCE_MS }, () => {
  it('builds the chat in another order, and meets the errors that its classes promise', async (test) => {
    const python = program('boto3')
    program('websockets')
    const [local, home] = await Promise.all([startTestCloud(), emptyHome()])
    const zips = [
      await writePackage(home.folder, 'connect', solution('01-connect/putConnectedClientToDDB.ts')),
      await writePackage(home.folder, 'send', solution('02-send-message/sendMessageToConnectedClient.ts')),
    ]
    const child = spawn(python, [path.join(import.meta.dirname, 'boto3_chat.py'), local.url, local.region, ...zips], {
      env: clientEnvironment(home.folder, local), stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = new Promise<number | null>((resolve) => { child.once('close', resolve) })
    try {
      for await (const line of createInterface(child.stdout)) {
        const { check, failure } = JSON.parse(line) as { check: string, failure: string | null }
        await test.test(check, () => { if (failure) throw new Error(failure) })
      }
      const code = await ended
      if (code !== 0) throw new Error(`The script ended with code ${code}.`)
    } finally {
      await end(child)
      await local.stop()
      await home.remove()
    }
  })
})
