import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { strToU8, zipSync } from 'fflate'
import { inspectPackage, ownCode, sha256 } from './source.ts'

const bundle = `"use strict";
// node_modules/@smithy/core/index.js
var require_core = __commonJS({ "node_modules/@smithy/core/index.js"(exports2) { error.statusCode === 410 } });

// steps/02-send-message/sendMessageToConnectedClient.ts
async function handler(event) { return { statusCode: 200 } }
`

describe('ownCode', () => {
  it('leaves the libraries of a bundle out', () => {
    const own = ownCode(bundle)

    assert.match(own, /async function handler/)
    assert.doesNotMatch(own, /410/)
  })

  it('leaves out the helpers that esbuild puts in front', () => {
    const own = ownCode(`"use strict";\nvar __create = Object.create;\nvar __esm = (fn) => { try { fn() } catch (e) { throw e } };\n${bundle}`)

    assert.match(own, /async function handler/)
    assert.doesNotMatch(own, /catch/)
  })

  it('keeps code that is no bundle as it is', () => {
    assert.equal(ownCode('exports.handler = async () => {}\n'), 'exports.handler = async () => {}\n')
  })
})

describe('inspectPackage', () => {
  it('reads all JavaScript outside node_modules, and its hashes', () => {
    const zip = zipSync({
      'index.mjs': strToU8('export const a = 1'), 'lib/util.js': strToU8('exports.b = 2'),
      'node_modules/x/index.js': strToU8('nobody'), 'README.md': strToU8('words'),
    })

    const { source, hashes } = inspectPackage(zip)

    assert.equal(source, 'export const a = 1\nexports.b = 2')
    assert.deepEqual(hashes, [sha256('export const a = 1'), sha256('exports.b = 2')])
  })
})
