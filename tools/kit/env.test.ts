import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, it } from 'node:test'
import { text } from 'node:stream/consumers'
import { root } from '../lib/paths.ts'
import { start } from '../local-aws/index.ts'

async function env(args: string[], variables: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['tools/kit/run.mjs', 'env', ...args], { cwd: root, env: { ...process.env, ...variables } })
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { stdout, stderr }
}

describe('npm run env', () => {
  it('prints what leads another tool to a local AWS, in both forms', async () => {
    const state = await mkdtemp(path.join(tmpdir(), 'env-'))
    const aws = await start({ state, port: 0 })
    const [sh, powershell] = await Promise.all([env(['--state', state, '--shell', 'sh']), env(['--state', state, '--shell', 'powershell'])])

    assert.match(sh.stdout, new RegExp(`^export AWS_ENDPOINT_URL='${aws.url}'$`, 'm'))
    assert.match(sh.stdout, new RegExp(`^export AWS_ACCESS_KEY_ID='${aws.keys.accessKeyId}'$`, 'm'))
    assert.match(powershell.stdout, new RegExp(`^\\$env:AWS_ENDPOINT_URL = '${aws.url}'$`, 'm'))
    await aws.stop()
    await rm(state, { recursive: true })
  })

  it('never prints the keys of an account', async () => {
    const state = await mkdtemp(path.join(tmpdir(), 'env-'))
    const aws = await start({ state, port: 0 })
    const { stdout, stderr } = await env(['--shell', 'sh'], {
      WORKSHOP_HOME: path.join(state, 'home'), WORKSHOP_CLOUD: 'aws', AWS_ENDPOINT_URL: aws.url, AWS_REGION: aws.region,
      AWS_ACCESS_KEY_ID: aws.keys.accessKeyId, AWS_SECRET_ACCESS_KEY: aws.keys.secretAccessKey,
      AWS_CONFIG_FILE: path.join(state, 'none'), AWS_SHARED_CREDENTIALS_FILE: path.join(state, 'none'),
    })

    assert.match(stdout, /^export AWS_REGION='us-east-1'$/m)
    assert.match(stderr, /aws · account 000000000000/)
    assert.doesNotMatch(stdout + stderr, new RegExp(`${aws.keys.secretAccessKey}|${aws.keys.accessKeyId}`))
    await aws.stop()
    await rm(state, { recursive: true })
  })
})
