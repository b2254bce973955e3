import assert from 'node:assert/strict'
import { stripVTControlCharacters } from 'node:util'
import { describe, it } from 'node:test'
import { diagnose } from '../../mistakes/diagnose.ts'
import type { MachineFacts } from '../../mistakes/index.ts'
import { mistakes } from '../../mistakes/index.ts'
import { soundMachine } from '../../mistakes/machine-testing.ts'
import { renderList } from './list.ts'

const list = (facts: MachineFacts, options = {}) => renderList(facts, diagnose(facts), options)

describe('the list of doctor', () => {
  it('has a line for each subject where all is well', () => {
    assert.equal(list(soundMachine()), `\
Doctor looked at this machine and at your account on AWS (profile workshop).
  ✓ Node           22.11.0 on linux x64
  ✓ npm            10.9.0 from https://registry.npmjs.org/, which answers
  ✓ Packages       all of package-lock.json
  ✓ Disk           50.0 GB free
  ✓ Folder         /home/ada/chat
  ✓ git            2.47.0
  ✓ Terminal       120 columns, colours
  ✓ Port           4566 is free
  ✓ Kit's state    in order; no local AWS runs now
  ✓ Proxy          none is set
  ✓ AWS reached    2 endpoints in 42 ms at most
  ✓ Clock          right
  ✓ Region         eu-west-1
  ✓ Credentials    arn:aws:sts::111122223333:assumed-role/workshop/ada, for 480
                   minutes
  ✓ CDK bootstrap  version 30
  ✓ Lambda         1000 concurrent executions, nodejs22.x, nodejs24.x
  ✓ Rights         all 7 that were asked for
  ✓ WebSocket      gets through to API Gateway (403, as it must be)
  ✓ Shared URL     lets clients in

Nothing stands in the way.`)
  })

  it('tells what, why and what to do, and what is not known', () => {
    const facts: MachineFacts = {
      chosen: { cloud: 'local', event: {} },
      node: { version: '20.19.1', platform: 'linux', arch: 'x64', tlsUnchecked: false },
      disk: { freeBytes: 12_000_000 },
      port: { port: 4566, use: 'other', by: 'docker-proxy (process 812)' },
      notKnown: { git: 'no answer within 3 s' },
    }

    assert.equal(list(facts), `\
Doctor looked at this machine, and asked nothing beyond it.
  ✓ Node           20.19.1 on linux x64; 22 or 24 will do for longer
  ✗ Disk           12 MB free; 300 MB are needed
      why   The disk is full. An install takes about 600 MB, the local AWS and
            each deploy a few more.
      do    Free some space, or clone the kit to another disk.
      more  npm run explain disk-full
  · git            not known: no answer within 3 s
  ! Port           port 4566 is taken by docker-proxy (process 812)
      why   Another program has port 4566 (LocalStack does, for one), so the
            local AWS takes a free one, another each time.
      do    Stop that program, then npm start again. Or leave it, and take the
            URLs that npm start prints.
      more  npm run explain port-taken

1 thing has to be mended (✗). 1 thing is good to know (!).
To show this to somebody: npm run doctor bundle`)
  })

  it('keeps to 80 columns, with and without colours', () => {
    for (const { mistake: { break: how } } of mistakes) {
      if (how.kind !== 'machine') continue
      const facts = { ...soundMachine(), ...how.facts }

      for (const line of list(facts).split('\n')) assert.ok(line.length <= 80, line)
      assert.equal(stripVTControlCharacters(list(facts, { colour: true })), list(facts))
    }
  })
})
