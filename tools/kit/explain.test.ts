import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { KitError } from '../lib/kit-error.ts'
import { command } from './explain.ts'

/** What the command says where it knows nothing. */
async function refusal(text: string) {
  try {
    await command.run([text])
  } catch (error) {
    assert.ok(error instanceof KitError, String(error))
    return error.failure
  }
  assert.fail('it knew something')
}

describe('npm run explain', () => {
  it('says what to paste where it knows nothing', async () => {
    const { what, next } = await refusal('the dog ate my keyboard')

    assert.match(what, /knows no mistake .*"the dog ate my keyboard"/)
    assert.match(next!, /Paste the line that names an error/)
  })

  for (const [pasted, instead] of Object.entries({
    'START RequestId: 8f3d Version: $LATEST\nEND RequestId: 8f3d': /ERROR between START and END/,
    '    at Object.<anonymous> (/var/task/index.js:12:3)': /line above it/,
    'CREATE_FAILED | AWS::IAM::Role | Resource creation cancelled': /first event that ends in _FAILED/,
    'connected (press CTRL+C to quit)': /what you sent/,
  }))
    it(`says what to paste in place of ${pasted.split('\n')[0]!.trim()}`, async () => {
      assert.match((await refusal(pasted)).next!, instead)
    })

  it('finds an id that was mistyped', async () => {
    assert.match((await refusal('status-code')).next!, /^Did you mean npm run explain status-code-/)
  })
})
