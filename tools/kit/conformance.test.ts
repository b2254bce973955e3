import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { after, before, describe, it } from 'node:test'
import { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2'
import { DynamoDB } from '@aws-sdk/client-dynamodb'
import { IAM } from '@aws-sdk/client-iam'
import { Lambda } from '@aws-sdk/client-lambda'
import { root } from '../lib/paths.ts'
import { pretendAccount } from './aws/testing.ts'
import { command } from './conformance.ts'

/** The command as it is typed, in a process of its own. */
async function run(words: string[], env: NodeJS.ProcessEnv = process.env) {
  const child = spawn(process.execPath, ['tools/kit/run.mjs', 'conformance', ...words], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let [printed, noted] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text) => { printed += text })
  child.stderr.setEncoding('utf8').on('data', (text) => { noted += text })
  const code = await new Promise<number | null>((resolve) => { child.on('close', resolve) })
  return { code, printed, noted }
}

describe('npm run conformance cloud=aws', () => {
  let account: Awaited<ReturnType<typeof pretendAccount>>
  before(async () => { account = await pretendAccount() })
  after(() => account.end())

  it('says where, what it costs and what differs, and removes what it made', async () => {
    const { code, printed, noted } = await run(['cloud=aws', 'section=B2', 'yes'])

    assert.equal(code, 0, printed + noted)
    assert.match(noted, /^aws · account 000000000000 · us-east-1 · .*\nIt makes some thirty APIs/)
    assert.match(printed, /^B2 what @connections refuses +13 +\d+ +\d+ +0 +0 +\d+ +1$/m, printed)
    assert.deepEqual(await left(), [])
  })

  it('does nothing where nobody agrees', async () => {
    await assert.rejects(command.run(['cloud=aws', 'section=B2']), { failure: { what: 'Nobody was there to agree.', next: 'Agree beforehand: npm run conformance cloud=aws yes' } })

    assert.deepEqual(await left(), [])
  })

  it('shows its plan to whoever has no credentials', async () => {
    const { AWS_ACCESS_KEY_ID: _, AWS_SECRET_ACCESS_KEY: __, ...env } = process.env
    const { code, printed, noted } = await run(['cloud=aws', 'section=A12'], env)

    assert.equal(code, 1)
    assert.match(printed, /^section +rows +proofs on AWS +local only +because they need\n/)
    assert.match(printed, /clock, faults$/m)
    assert.match(noted, /No AWS credentials were found/)
  })

  /** What a run may have left in the account: everything that it makes is called conformance-…. */
  async function left() {
    const [apis, functions, tables, roles] = [new ApiGatewayV2(account.local.client), new Lambda(account.local.client), new DynamoDB(account.local.client), new IAM(account.local.client)]
    const names = [
      ...(await apis.getApis({})).Items!.map(({ Name }) => Name!), ...(await functions.listFunctions({})).Functions!.map(({ FunctionName }) => FunctionName!),
      ...(await tables.listTables({})).TableNames!, ...(await roles.listRoles({})).Roles!.map(({ RoleName }) => RoleName!),
    ]
    for (const client of [apis, functions, tables, roles]) client.destroy()
    return names.filter((name) => name.startsWith('conformance-'))
  }
})

describe('npm run conformance', () => {
  it('names what no fact belongs to', async () => {
    await assert.rejects(command.run(['section=Z9']), { message: 'No fact belongs to "Z9".' })
  })
})
