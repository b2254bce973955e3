import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs'
import { S3 } from '@aws-sdk/client-s3'
import { startTestCloud } from './testing.ts'

let state: string
beforeEach(async () => { state = await mkdtemp(path.join(tmpdir(), 'local-aws-')) })
afterEach(() => rm(state, { recursive: true, force: true }))

const filesIn = async (folder: string) => (await readdir(path.join(state, '000000000000', folder), { withFileTypes: true })).filter((entry) => entry.isFile()).map(({ name }) => name)

describe('the start on a state whose owner was killed', () => {
  it('keeps every file that is named, and removes the others', async () => {
    const first = await startTestCloud({ state })
    const s3 = new S3({ ...first.client, forcePathStyle: true })
    await s3.createBucket({ Bucket: 'songs' })
    await s3.putObject({ Bucket: 'songs', Key: 'oddity', Body: 'Ground Control' })
    const logs = new CloudWatchLogs(first.client)
    await logs.createLogGroup({ logGroupName: 'g' })
    await logs.createLogStream({ logGroupName: 'g', logStreamName: 's' })
    await logs.putLogEvents({ logGroupName: 'g', logStreamName: 's', logEvents: [{ timestamp: Date.now(), message: 'to Major Tom' }] })
    await first.stop()
    const named = await Promise.all(['global/s3', 'us-east-1/logs'].map(filesIn))
    await mkdir(path.join(state, '000000000000/us-east-1/lambda'), { recursive: true })
    const waste = ['credentials.123456', '000000000000/global/iam.json.987', '000000000000/global/s3/half.4711', '000000000000/global/s3/unnamed', '000000000000/us-east-1/logs/gone.jsonl']
    for (const name of waste) await writeFile(path.join(state, name), 'half of')

    const second = await startTestCloud({ state })

    assert.deepEqual(await Promise.all(['global/s3', 'us-east-1/logs'].map(filesIn)), named)
    assert.deepEqual((await readdir(state, { recursive: true })).filter((name) => /\.\d+$/.test(name)), [])
    const { Body } = await new S3({ ...second.client, forcePathStyle: true }).getObject({ Bucket: 'songs', Key: 'oddity' })
    assert.equal(await Body!.transformToString(), 'Ground Control')
    const { events } = await new CloudWatchLogs(second.client).filterLogEvents({ logGroupName: 'g' })
    assert.deepEqual(events?.map(({ message }) => message), ['to Major Tom'])
    await second.stop()
  })
})
