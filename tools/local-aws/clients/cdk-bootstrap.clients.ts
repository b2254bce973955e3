import assert from 'node:assert/strict'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { S3 } from '@aws-sdk/client-s3'
import { cdkEnvironment } from '../../kit/cdk-environment.ts'
import { localCloud } from '../../lib/cloud.ts'
import notBootstrapped from '../../mistakes/account/not-bootstrapped.ts'
import { openAws, type Aws } from '../../verify/aws.ts'
import { startTestCloud } from '../testing.ts'
import { cdkWorkbench, type CdkEnd } from './cdk-workbench.ts'
import { emptyHome, PATIENCE_MS } from './client-process.ts'

const TOOLKIT = 'CDKToolkit'
const BUCKET = 'cdk-hnb659fds-assets-000000000000-us-east-1'
const policy = (name: string) => `arn:aws:iam::aws:policy/${name}`
const OTHER = ['--qualifier', 'other', '--toolkit-stack-name', 'OtherToolkit']
const WITH_OTHER = ['--context', '@aws-cdk/core:bootstrapQualifier=other']

function succeeded({ code, printed }: CdkEnd) {
  assert.equal(code, 0, printed)
  return printed
}
function failed({ code, printed }: CdkEnd) {
  assert.equal(code, 1, printed)
  return printed.replaceAll(/\s+/g, ' ')
}

describe("the CDK's command line, bootstrapping", { timeout: 2 * PATIENCE_MS }, () => {
  let local: Awaited<ReturnType<typeof startTestCloud>>
  let home: Awaited<ReturnType<typeof emptyHome>>
  let cdk: Awaited<ReturnType<typeof cdkWorkbench>>
  let aws: Aws
  let s3: S3

  before(async () => {
    [local, home] = await Promise.all([startTestCloud(), emptyHome()])
    const cloud = localCloud(local)
    aws = openAws(cloud)
    s3 = new S3({ ...local.client, forcePathStyle: true })
    cdk = await cdkWorkbench(local, home.folder, cdkEnvironment(cloud))
  })
  after(async () => {
    aws?.close()
    s3?.destroy()
    await local?.stop()
    await home?.remove()
  })

  const deploy = (...more: string[]) => cdk.run('deploy', '--require-approval', 'never', '--progress', 'bar', ...more)
  const executionPolicies = async () => (await aws.iam.listAttachedRolePolicies({ RoleName: 'cdk-hnb659fds-cfn-exec-role-000000000000-us-east-1' }))
    .AttachedPolicies!.map(({ PolicyArn }) => PolicyArn)
  const keysIn = async (Bucket: string) => (await s3.listObjectsV2({ Bucket })).Contents?.map(({ Key }) => Key!) ?? []

  it('finds a new place as it would leave it', async () => {
    const here = succeeded(await cdk.run('bootstrap'))
    const elsewhere = succeeded(await cdk.run('bootstrap', 'aws://000000000000/eu-west-1'))

    assert.match(here, /Environment aws:\/\/000000000000\/us-east-1 bootstrapped \(no changes\)/)
    assert.match(elsewhere, /Environment aws:\/\/000000000000\/eu-west-1 bootstrapped \(no changes\)/)
  })

  it('gives CloudFormation other rights, which then bound what it may deploy', async () => {
    const printed = succeeded(await cdk.run('bootstrap', '--cloudformation-execution-policies', policy('AWSLambda_FullAccess')))
    const narrow = await executionPolicies()
    const refused = failed(await deploy())
    succeeded(await cdk.run('bootstrap', '--cloudformation-execution-policies', policy('AdministratorAccess')))

    assert.match(printed, /UPDATE_COMPLETE +\| AWS::IAM::Role +\| CloudFormationExecutionRole/)
    assert.deepEqual(narrow, [policy('AWSLambda_FullAccess')])
    assert.match(refused, /AccessDenied\. User doesn't have permission to call ssm:GetParameters/)
    assert.deepEqual(await executionPolicies(), [policy('AdministratorAccess')])
  })

  it('makes everything under another qualifier, and deploys by that', async () => {
    const printed = succeeded(await cdk.run('bootstrap', ...OTHER))
    succeeded(await deploy(...WITH_OTHER))

    assert.match(printed, /CREATE_COMPLETE +\| AWS::CloudFormation::Stack +\| OtherToolkit/)
    assert.ok((await keysIn('cdk-other-assets-000000000000-us-east-1')).length > 1)
    assert.equal((await aws.cloudformation.describeStacks({ StackName: 'ChatStack' })).Stacks![0]!.RoleARN, 'arn:aws:iam::000000000000:role/cdk-other-cfn-exec-role-000000000000-us-east-1')
    succeeded(await cdk.run('destroy', '--force', ...WITH_OTHER))
  })

  /** A bucket with versions is empty when they are deleted, and the markers. */
  async function empty(Bucket: string) {
    const { Versions = [], DeleteMarkers = [] } = await s3.listObjectVersions({ Bucket })
    for (const { Key, VersionId } of [...Versions, ...DeleteMarkers]) await s3.deleteObject({ Bucket, Key, VersionId })
  }
  const collect = (rollbackBufferDays: number) =>
    cdk.run('gc', '--unstable=gc', '--type', 's3', '--confirm', 'false', '--created-buffer-days', '0', '--rollback-buffer-days', String(rollbackBufferDays))

  it('collects what no stack needs any more', async () => {
    succeeded(await deploy())
    const old = `${'0'.repeat(64)}.zip`
    await s3.putObject({ Bucket: BUCKET, Key: old, Body: 'old' })

    const marked = succeeded(await collect(1))
    const { TagSet } = await s3.getObjectTagging({ Bucket: BUCKET, Key: old })
    const collected = succeeded(await collect(0))

    assert.match(marked, /files scanned: [1-9]\d* assets .* tagged, 0 assets .* deleted/)
    assert.equal(TagSet?.[0]?.Key, 'aws-cdk:isolated')
    assert.match(collected, /files scanned: .* [1-9]\d* assets .* deleted/)
    const kept = await keysIn(BUCKET)
    assert.ok(!kept.includes(old) && kept.length > 1, String(kept))
  })

  it('lets a trusted account deploy into another one', async () => {
    const neighbour = '111111111111'
    const keys = await local.addAccount(neighbour)
    const theirs = localCloud({ ...local, account: neighbour, keys })
    const there = await cdkWorkbench({ ...local, account: neighbour, keys }, path.join(home.folder, 'neighbour'), cdkEnvironment(theirs))
    await cdk.edit('app.ts', 'account: process.env.CDK_DEFAULT_ACCOUNT', `account: '${neighbour}'`)
    const stranger = failed(await deploy())
    succeeded(await there.run('bootstrap', '--trust', local.account, '--cloudformation-execution-policies', policy('AdministratorAccess')))
    const trusted = succeeded(await deploy())
    await cdk.edit('app.ts', `account: '${neighbour}'`, 'account: process.env.CDK_DEFAULT_ACCOUNT')

    assert.match(stranger, /Could not assume role in target account|Need to perform AWS calls for account 111111111111/)
    assert.match(trusted, /arn:aws:cloudformation:us-east-1:111111111111:stack\/ChatStack\//)
  })

  it('is missed once its stack is deleted, and made again when its bucket is gone, too', async () => {
    await aws.cloudformation.deleteStack({ StackName: TOOLKIT })
    const missed = failed(await deploy('--force'))
    const refused = failed(await cdk.run('bootstrap'))
    await empty(BUCKET)
    await s3.deleteBucket({ Bucket: BUCKET })
    const made = succeeded(await cdk.run('bootstrap'))

    assert.match(missed, /could not be used to assume 'arn:aws:iam::000000000000:role\/cdk-hnb659fds-deploy-role-000000000000-us-east-1'/)
    assert.ok(notBootstrapped.says.some((line) => line.test(missed)), missed)
    assert.match(refused, /Resource of type 'AWS::S3::Bucket' with identifier 'cdk-hnb659fds-assets-000000000000-us-east-1' already exists\./)
    assert.match(made, /Environment aws:\/\/000000000000\/us-east-1 bootstrapped\./)
    succeeded(await deploy('--force'))
  })
})
