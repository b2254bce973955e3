import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { root } from '../lib/paths.ts'
import { openAws } from '../verify/aws.ts'
import { awsCloud } from './aws/cloud.ts'
import { pretendAccount } from './aws/testing.ts'

const PATIENCE_MS = 60_000

describe('the kit on aws', () => {
  let account: Awaited<ReturnType<typeof pretendAccount>>
  let home: string
  const children = new Set<ReturnType<typeof spawn>>()
  beforeEach(async () => {
    account = await pretendAccount()
    home = mkdtempSync(path.join(tmpdir(), 'workshop-aws-'))
  })
  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL')
    await account.end()
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  })

  function run(...words: string[]) {
    const child = spawn(process.execPath, ['tools/kit/run.mjs', ...words], { cwd: root, env: { ...process.env, WORKSHOP_HOME: home, WORKSHOP_STARTERS: 'steps' }, stdio: ['ignore', 'pipe', 'pipe'] })
    children.add(child)
    let printed = ''
    const waiting = new Set<() => void>()
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => { printed += chunk; for (const look of waiting) look() })
    const ended = new Promise<number | null>((resolve) => { child.on('close', (code) => { children.delete(child); resolve(code) }) })
    return {
      ended,
      printed: () => printed,
      stop: () => child.kill('SIGINT'),
      until: (pattern: RegExp) => new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`Waited for ${pattern}, and this was printed:\n${printed}`)), PATIENCE_MS)
        const look = () => {
          if (!pattern.test(printed)) return
          clearTimeout(timer)
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
    }
  }

  const stacks = async () => {
    const cloud = await awsCloud(account.settings)
    const aws = openAws(cloud)
    const { Stacks = [] } = await aws.cloudformation.describeStacks({})
    aws.close()
    return Stacks.map(({ StackName }) => StackName)
  }

  it('deploys only when asked, notices a deploy of another terminal, and repeats who and where in one line', { timeout: 120_000 }, async () => {
    const chosen = run('use', 'aws', 'suffix=ada')
    assert.equal(await chosen.ended, 0, chosen.printed())
    const line = /aws · account 000000000000 · us-east-1 · suffix ada · arn:aws:iam::000000000000:user\/workshop/
    assert.match(chosen.printed(), line)

    const workshop = run('start')
    await workshop.until(/To deploy and verify: npm run deploy, in another terminal\./)
    assert.match(workshop.printed(), line)
    assert.deepEqual(await stacks(), ['CDKToolkit'])

    const deploy = run('deploy', '1')
    assert.equal(await deploy.ended, 0, deploy.printed())
    assert.match(deploy.printed(), line)
    assert.match(deploy.printed(), /CREATE_IN_PROGRESS +.*Api/)
    await workshop.until(/another terminal deployed step 1\b[\s\S]*Step 1 connect (fails|passes)/)

    workshop.stop()
    assert.equal(await workshop.ended, 0)
    const destroyed = run('destroy')
    assert.equal(await destroyed.ended, 0, destroyed.printed())
    assert.match(destroyed.printed(), /Nothing of it is left, and nothing costs money\.\n$/)
  })

  it('says how to sign in where the session has expired', { timeout: 60_000 }, async () => {
    assert.equal(await run('use', 'aws').ended, 0)
    const session = await account.shortSession()
    account.exportKeys(session.keys)
    session.expire()

    const deploy = run('deploy')

    assert.equal(await deploy.ended, 1)
    assert.match(deploy.printed(), /✗ The AWS session has expired\.\n {2}at {3}the keys exported in this terminal\n {2}next Export fresh keys/)
  })

  it('works in no other account than the chosen one', { timeout: 60_000 }, async () => {
    assert.equal(await run('use', 'aws').ended, 0)
    account.exportKeys(await account.local.addAccount('222222222222'))

    const destroy = run('destroy', 'everyone', 'yes=everyone')

    assert.equal(await destroy.ended, 1)
    assert.match(destroy.printed(), /This is account 222222222222, and you chose account 000000000000\./)
  })
})
