import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { explain, mistakes } from '../mistakes/index.ts'
import { renderMistakes } from './render-mistakes.ts'

describe('renderMistakes', () => {
  it('tells one mistake in full', () => {
    assert.equal(renderMistakes(explain('put-grant-missing')), `\
put-grant-missing
  seen   AccessDeniedException: … is not authorized to perform: dynamodb:PutItem
  cause  The role of putConnectedClientToDDB may not put rows into the table.
  fix    Grant it dynamodb:PutItem on the table.
  at     steps/01-connect/connect.ts, TODO 1.4
  look   npm run verify:step-1 names it, if it is that.
  like   AccessDeniedException: User:
         arn:aws:sts::111122223333:assumed-role/ChatStack-putRole/putConnectedCl
         ientToDDB is not authorized to perform: dynamodb:PutItem on resource:
         arn:aws:dynamodb:us-east-1:111122223333:table/WebsocketConnection
  page   troubleshooting/connect`)
  })

  it('tells several by what tells them apart, and names the rest', () => {
    const lines = renderMistakes(explain('< {"message": "Forbidden", "connectionId":"eHrdFcnvvHcCE-w=", "requestId":"eHrjDEuVPHcFWMg="}')).split('\n')

    assert.match(lines[0]!, /^\d+ mistakes show like this/)
    assert.equal(lines[1], '1 no-send-route')
    for (const label of ['cause', 'fix', 'look']) assert.equal(lines.filter((line) => line.startsWith(`  ${label} `)).length, 3, label)
    assert.ok(lines.some((line) => line.startsWith('  or ') && line.includes('route-key-misspelt')))
    assert.match(lines.at(-1)!, /^Next: .*npm run explain no-send-route$/)
  })

  it('fits 80 columns, whichever it is', () => {
    for (const entry of mistakes) for (const line of renderMistakes([entry]).split('\n').concat(renderMistakes([entry, entry]).split('\n')))
      assert.ok(line.length <= 80, `${entry.id}: ${line}`)
  })
})
