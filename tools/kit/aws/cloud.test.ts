import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { DynamoDB } from '@aws-sdk/client-dynamodb'
import { KitError } from '../../lib/kit-error.ts'
import { awsCloud, describeCloud, mustBeChosenAccount, remembered } from './cloud.ts'
import { pretendAccount } from './testing.ts'

type Account = Awaited<ReturnType<typeof pretendAccount>>

describe('the aws cloud', () => {
  let account: Account
  beforeEach(async () => { account = await pretendAccount() })
  afterEach(() => account.end())

  it('shows account, region, suffix and identity in one line', async () => {
    const cloud = await awsCloud({ ...account.settings, suffix: 'ada' })

    assert.equal(describeCloud(cloud), `aws · account 000000000000 · us-east-1 · suffix ada · arn:aws:iam::000000000000:user/workshop · ${account.local.url}`)
  })

  it('takes the region of the profile, and keeps in mind where else things may be', async () => {
    delete process.env.AWS_REGION
    account.writeConfig('[profile event]\nregion = eu-west-1\n')
    account.writeCredentials(`[event]\naws_access_key_id = ${account.local.keys.accessKeyId}\naws_secret_access_key = ${account.local.keys.secretAccessKey}\n`)

    const ofProfile = await awsCloud({ cloud: 'aws', profile: 'event' })
    const chosen = await awsCloud({ cloud: 'aws', profile: 'event', region: 'us-west-2' })

    assert.equal(ofProfile.region, 'eu-west-1')
    assert.deepEqual(ofProfile.otherRegions, ['us-east-1'])
    assert.deepEqual(chosen.otherRegions, ['eu-west-1', 'us-east-1'])
  })

  it('asks for a region where nobody has set one', async () => {
    delete process.env.AWS_REGION

    await assert.rejects(awsCloud(account.settings), isFailure(/No AWS region is set/, /npm run use aws region=/))
  })

  it('says which command renews an expired session, by where the keys come from', async () => {
    const session = await account.shortSession()
    account.exportKeys(session.keys)
    session.expire()

    await assert.rejects(awsCloud(account.settings), isFailure(/^The AWS session has expired\.$/, /^Export fresh keys/))

    account.writeConfig('[profile event]\nsso_session = us\nregion = us-east-1\n')
    account.writeCredentials(`[event]\naws_access_key_id = ${session.keys.accessKeyId}\naws_secret_access_key = ${session.keys.secretAccessKey}\naws_session_token = ${session.keys.sessionToken}\n`)
    await assert.rejects(awsCloud({ cloud: 'aws', profile: 'event' }), isFailure(/expired/, /^Sign in again: aws sso login --profile event, then run the same command again/))
  })

  it('sees fresh keys in the AWS files while it runs', async () => {
    const session = await account.shortSession()
    delete process.env.AWS_ACCESS_KEY_ID
    const write = (id: string, secret: string, token = '') => account.writeCredentials(`[default]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n${token}`)
    write(session.keys.accessKeyId, session.keys.secretAccessKey, `aws_session_token = ${session.keys.sessionToken}\n`)
    session.expire()
    await assert.rejects(awsCloud(account.settings), isFailure(/expired/, /\[default\]/))

    write(account.local.keys.accessKeyId, account.local.keys.secretAccessKey)

    assert.equal((await awsCloud(account.settings)).account, '000000000000')
  })

  it('names unknown keys, and missing ones', async () => {
    account.exportKeys({ accessKeyId: 'AKIAAAAAAAAAAAAAAAAA', secretAccessKey: 'wrong' })
    await assert.rejects(awsCloud(account.settings), isFailure(/AWS does not accept the credentials: The security token included in the request is invalid/, /Export fresh keys/))

    delete process.env.AWS_ACCESS_KEY_ID
    await assert.rejects(awsCloud(account.settings), isFailure(/No AWS credentials were found/, /aws sso login/))
  })

  it('refuses another account than the one that was chosen', async () => {
    const chosen = { ...account.settings, ...remembered(await awsCloud(account.settings), account.settings) }
    account.exportKeys(await account.local.addAccount('222222222222'))
    const cloud = await awsCloud(chosen)

    assert.throws(() => mustBeChosenAccount(cloud, chosen), isFailure(/^This is account 222222222222, and you chose account 000000000000\.$/, /npm run use aws/))
  })

  it('slows down by itself while AWS is too busy', async () => {
    const { client } = await awsCloud(account.settings)
    const calm = account.local.faults.set({ kind: 'throttle', service: 'dynamodb' })
    const dynamodb = new DynamoDB(client)
    let refused = 0
    dynamodb.middlewareStack.add((next) => async (args) => {
      refused++
      if (refused > 2) calm()
      return next(args)
    }, { step: 'finalizeRequest', priority: 'low' })

    const { TableNames } = await dynamodb.listTables({})

    assert.deepEqual(TableNames, [])
    assert.equal(refused, 3)
    dynamodb.destroy()
  })
})

const isFailure = (what: RegExp, next: RegExp) => (error: unknown) => {
  assert.ok(error instanceof KitError, String(error))
  assert.match(error.failure.what, what)
  assert.match(error.failure.next ?? '', next)
  return true
}
