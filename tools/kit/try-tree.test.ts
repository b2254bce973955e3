import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { render } from '../verify/render.ts'
import { tryTree } from './try-tree.ts'

const TEMPORARY = ['TMPDIR', 'TEMP', 'TMP']
const CONNECT = '01-connect/putConnectedClientToDDB.ts'
const SEND = '02-send-message/sendMessageToConnectedClient.ts'

describe('tryTree', () => {
  const outer = Object.fromEntries(TEMPORARY.map((name) => [name, process.env[name]]))
  let home: string
  let temporary: string

  before(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'workshop-try-test-'))
    temporary = path.join(home, 'temporary')
    await mkdir(temporary)
    for (const name of TEMPORARY) process.env[name] = temporary
  })
  after(async () => {
    for (const name of TEMPORARY) {
      if (outer[name] === undefined) delete process.env[name]
      else process.env[name] = outer[name]
    }
    await rm(home, { recursive: true, force: true, maxRetries: 5 })
  })

  /** A tree of these files and no others. */
  async function treeOf(files: Record<string, string>) {
    const tree = path.join(await mkdtemp(path.join(home, 'tree-')), 'mine')
    await mkdir(tree)
    for (const [name, content] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(tree, name)), { recursive: true })
      await writeFile(path.join(tree, name), content)
    }
    return tree
  }

  it('takes what the tree lacks from the solutions', async () => {
    const report = await tryTree(await treeOf({ 'notes.md': 'Nothing yet.' }), { steps: [1] })

    assert.equal(report.steps[0]!.status, 'pass', render(report))
  })

  it('takes what the tree has, and goes on after a step that fails', async () => {
    const report = await tryTree(await treeOf({ [CONNECT]: 'export const main = async () => ({ statusCode: 200 })\n' }), { steps: [1, 2] })

    const [first, second] = report.steps
    const failed = first!.checks.find(({ status }) => status === 'fail')
    assert.equal(failed?.causes?.[0]?.id, 'handler-not-found', render(report))
    assert.match(failed.causes[0].at!, /^steps\/01-connect\/putConnectedClientToDDB\.ts/)
    assert.equal(second!.step, 2)
    assert.notEqual(second!.checks[0]!.id, 'deploys')
  })

  it('names file and line of a syntax error as the check "deploys", and only where that file is deployed', async () => {
    const report = await tryTree(await treeOf({ [SEND]: 'export async function handler() {\n  return { statusCode: = 200 }\n}\n' }), { steps: [1, 2, 3] })

    assert.deepEqual(report.steps.map(({ step, status }) => `${step} ${status}`), ['1 pass', '2 fail', '3 fail'], render(report))
    const [check] = report.steps[1]!.checks
    assert.equal(check!.id, 'deploys')
    assert.match(check!.evidence!.seen, /\(mine\/02-send-message\/sendMessageToConnectedClient\.ts:2:\d+\)/)
  })

  it('shows the stack event of a deploy that fails, and the line that asked for it', async () => {
    const stack = `import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb'
import type { ChatStack } from '../chat.ts'

export function connect(chat: ChatStack) {
  new Table(chat, 'Guests', { tableName: 'no blanks here', partitionKey: { name: 'connectionId', type: AttributeType.STRING } })
}
`
    const report = await tryTree(await treeOf({ '01-connect/connect.ts': stack }), { steps: [1] })

    const [check] = report.steps[0]!.checks
    assert.equal(check!.id, 'deploys')
    assert.match(check!.evidence!.seen, /^AWS::DynamoDB::Table Guests could not be created: .*\(mine\/01-connect\/connect\.ts:5:\d+, resource Guests\w+\)$/)
    assert.match(check!.evidence!.log ?? '', /no blanks here.*tableName/)
  })

  it('reaches no step after it was aborted', async () => {
    const report = await tryTree(await treeOf({}), { steps: [1, 2], signal: AbortSignal.abort() })

    assert.deepEqual(report.steps.map(({ status }) => status), ['not-reached', 'not-reached'])
  })

  it('is asked to stop in the middle of a deploy, and stops', async () => {
    const asked = new AbortController()
    const report = await tryTree(await treeOf({}), { steps: [1, 2], signal: asked.signal, trouble: async () => asked.abort() })

    assert.deepEqual(report.steps.map(({ status }) => status), ['not-reached', 'not-reached'])
  })

  it('leaves nothing behind', async () => {
    assert.deepEqual(await readdir(temporary), [])
  })
})
