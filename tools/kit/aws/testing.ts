import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { STS } from '@aws-sdk/client-sts'
import type { Settings } from '../../lib/settings.ts'
import { systemClock } from '../../local-aws/clock.ts'
import { startTestCloud } from '../../local-aws/testing.ts'

const MINUTE = 60_000
const OURS = /^AWS_|^WORKSHOP_/

type Keys = { accessKeyId: string, secretAccessKey: string, sessionToken?: string }

/**
 * For tests: a second local AWS that plays the real one, reached by AWS_ENDPOINT_URL and keys in the environment of this process, as a
 * participant's account is. `end` puts the environment back.
 */
export async function pretendAccount({ region = 'us-east-1' } = {}) {
  let offset = 0
  const clock = { ...systemClock, now: () => Date.now() + offset }
  const local = await startTestCloud({ clock })
  const home = mkdtempSync(path.join(tmpdir(), 'aws-home-'))
  const before = Object.entries(process.env).filter(([name]) => OURS.test(name))
  const clear = () => { for (const name of Object.keys(process.env)) if (OURS.test(name) && name !== 'WORKSHOP_HOME') delete process.env[name] }

  const files = { AWS_CONFIG_FILE: path.join(home, 'config'), AWS_SHARED_CREDENTIALS_FILE: path.join(home, 'credentials') }
  clear()
  Object.assign(process.env, { ...files, AWS_ENDPOINT_URL: local.url, AWS_REGION: region, AWS_EC2_METADATA_DISABLED: 'true' })
  const exportKeys = ({ accessKeyId, secretAccessKey, sessionToken }: Keys) => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey })
    if (sessionToken) process.env.AWS_SESSION_TOKEN = sessionToken
    else delete process.env.AWS_SESSION_TOKEN
  }
  exportKeys(local.keys)

  return {
    local, exportKeys,
    settings: { cloud: 'aws' } as Settings,
    writeConfig: (text: string) => writeFileSync(files.AWS_CONFIG_FILE, text),
    writeCredentials: (text: string) => writeFileSync(files.AWS_SHARED_CREDENTIALS_FILE, text),
    /** Keys that stop working when `expire` is called; AWS's shortest session is 15 minutes, and so is the clock difference that it takes. */
    async shortSession() {
      offset = -4 * MINUTE
      const sts = new STS(local.client)
      const { Credentials } = await sts.getSessionToken({ DurationSeconds: 900 })
      sts.destroy()
      offset = 0
      return {
        keys: { accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken! },
        expire() { offset = 12 * MINUTE },
        renew() { offset = 0 },
      }
    },
    async end() {
      clear()
      for (const [name, value] of before) process.env[name] = value
      rmSync(home, { recursive: true, force: true })
      await local.stop()
    },
  }
}
