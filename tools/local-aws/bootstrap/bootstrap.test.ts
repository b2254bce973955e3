import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { CloudFormation } from '@aws-sdk/client-cloudformation'
import { changesOf } from '../cloudformation/engine/changes.ts'
import { planOf } from '../cloudformation/engine/plan.ts'
import { resourceTypes } from '../cloudformation/resources/index.ts'
import { openStacks } from '../cloudformation/state.ts'
import { startTestCloud, testCloud } from '../testing.ts'
import { bootstrap } from './index.ts'
import { nameOf, TOOLKIT_STACK, VERSION } from './names.ts'
import { BOOTSTRAP_PARAMETERS } from './resources.ts'

const place = { account: '123456789012', region: 'eu-central-1' }

describe('what is bootstrapped from the start', () => {
  let aws: Awaited<ReturnType<typeof testCloud>>
  beforeEach(async () => { aws = await testCloud() })
  afterEach(() => aws.stop())

  const stackOf = async () => {
    await bootstrap(aws.cloud, place)
    return openStacks(aws.cloud, place).get(TOOLKIT_STACK)
  }
  const as = () => aws.cloud.authority.internal(place.account)

  it('is what the template of the pinned command line makes', async () => {
    const stack = await stackOf()
    const plan = planOf(stack.definition, stack, place, openStacks(aws.cloud, place))

    assert.deepEqual(changesOf(stack, plan, stack.definition, resourceTypes), [])
    assert.equal(stack.definition.description, plan.template.Description)
    assert.deepEqual(Object.keys(BOOTSTRAP_PARAMETERS), Object.keys(plan.template.Parameters))
    const dependencies = Object.values(stack.resources).map(({ logicalId, dependsOn }) => [logicalId, dependsOn.toSorted()] as const)
    assert.deepEqual(new Map(dependencies), new Map([...plan.graph].map(([id, needs]) => [id, needs.toSorted()])))
    const resourceAt = (id: string) => stack.resources[id]
    assert.deepEqual(stack.outputs, [...plan.outputs].map(([key, { Value, Description, Export }]) => ({
      key, value: plan.resolve(Value, resourceAt), description: Description, ...Export && { exportName: plan.resolve(Export.Name, resourceAt) },
    })))
  })

  it('is there for those who ask the services', async () => {
    await stackOf()

    const { Parameter } = await aws.cloud.call('ssm', 'GetParameter', { Name: '/cdk-bootstrap/hnb659fds/version' }, as(), place)
    const { Role } = await aws.cloud.call('iam', 'GetRole', { RoleName: nameOf('deploy-role', place) }, as(), place)
    const encryption = await aws.cloud.call('s3', 'GetBucketEncryption', { Bucket: nameOf('assets', place) }, as(), place)

    assert.equal(Parameter?.Value, VERSION)
    assert.deepEqual(Role?.Tags, [{ Key: 'aws-cdk:bootstrap-role', Value: 'deploy' }])
    assert.equal(encryption.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm, 'aws:kms')
  })

  it('is brought in line where an earlier start was cut off', async () => {
    const { id } = await stackOf()
    for (const service of ['bootstrap', 'cloudformation', 'ssm']) {
      const document = aws.cloud.store.document<Record<string, unknown>>(service, place, () => ({}))
      for (const [name, value] of Object.entries(document.data)) document.data[name] = emptied(value)
    }

    const stack = await stackOf()

    assert.notEqual(stack.id, id)
    assert.equal(stack.resources.DeploymentActionRole?.attributes.Arn, `arn:aws:iam::${place.account}:role/${nameOf('deploy-role', place)}`)
    assert.match(String(stack.resources.LookupRole?.attributes.RoleId), /^AROA/)
  })

  it('stays deleted', async () => {
    const { id } = await stackOf()
    await aws.cloud.call('cloudformation', 'DeleteStack', { StackName: TOOLKIT_STACK }, as(), place)
    await aws.cloud.call('cloudformation', 'DescribeStacks', { StackName: id }, as(), place)

    await bootstrap(aws.cloud, place)

    assert.equal(openStacks(aws.cloud, place).get(id).status, 'DELETE_COMPLETE')
    await assert.rejects(aws.cloud.call('ssm', 'GetParameter', { Name: '/cdk-bootstrap/hnb659fds/version' }, as(), place), { name: 'ParameterNotFound' })
  })
})

describe('a restart', () => {
  it('leaves deleted what was deleted', async () => {
    const state = await mkdtemp(path.join(tmpdir(), 'local-aws-'))
    const first = await startTestCloud({ state })
    const stacks = new CloudFormation(first.client)
    const { StackId } = (await stacks.describeStacks({ StackName: TOOLKIT_STACK })).Stacks![0]!
    await stacks.deleteStack({ StackName: TOOLKIT_STACK })
    await stacks.describeStacks({ StackName: StackId })
    await first.stop()

    const second = await startTestCloud({ state })
    await assert.rejects(new CloudFormation(second.client).describeStacks({ StackName: TOOLKIT_STACK }), { message: `Stack with id ${TOOLKIT_STACK} does not exist` })
    await second.stop()
    await rm(state, { recursive: true })
  })
})

const emptied = (value: unknown) => (Array.isArray(value) ? [] : typeof value === 'object' ? {} : false)
