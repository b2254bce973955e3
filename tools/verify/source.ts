import { createHash } from 'node:crypto'
import { strFromU8, unzipSync } from 'fflate'
import type { Aws } from './aws.ts'

/** A file of `steps/` as it lies there now, and what it would deploy, for telling whether the deployed code is that. */
export type LocalSource = {
  /** the TypeScript file, from the repository's root: `steps/01-connect/putConnectedClientToDDB.ts` */
  file: string
  /** name of the function that it is the code of, without suffix; a file of the stack is that of none */
  functionName?: string
  /** SHA-256 of the function's bundled JavaScript, hexadecimal */
  sha256?: string
  /** the TypeScript, for naming lines */
  text: string
}

export type Deployed = {
  /** the participant's own code, libraries left out */
  source: string
  /** SHA-256 of each JavaScript file in the package, hexadecimal */
  hashes: string[]
}

const JAVASCRIPT = /\.[cm]?js$/
const MOST_CHARACTERS = 200_000

/** Downloads the function's package as it is deployed. Throws where AWS or the package's address does not answer. */
export async function readDeployed({ lambda }: Aws, functionName: string): Promise<Deployed> {
  const { Code } = await lambda.getFunction({ FunctionName: functionName })
  const response = await fetch(Code!.Location!)
  if (!response.ok) throw new Error(`The package of ${functionName} could not be read: ${response.status}`)
  return inspectPackage(new Uint8Array(await response.arrayBuffer()))
}

export function inspectPackage(zip: Uint8Array): Deployed {
  const files = Object.entries(unzipSync(zip, { filter: ({ name }) => JAVASCRIPT.test(name) && !name.includes('node_modules/') }))
  return {
    source: files.map(([, content]) => ownCode(strFromU8(content))).join('\n').slice(0, MOST_CHARACTERS),
    hashes: files.map(([, content]) => sha256(content)),
  }
}

export const sha256 = (content: Uint8Array | string) => createHash('sha256').update(content).digest('hex')

/** What esbuild puts in front of a bundle: helpers, which catch and throw, and are nobody's own. */
const isPrelude = (part: string) => /^\s*("use strict";\s*)?var __\w+ = Object\./.test(part)

/** A bundle without what came from packages: esbuild writes the path of each module above it. */
export function ownCode(bundle: string) {
  const parts = bundle.split(/^(?=[ \t]*\/\/ \S+\.[cm]?[jt]sx?$)/m)
  return parts.filter((part, i) => !/^\s*\/\/ \S*node_modules\//.test(part) && !(i === 0 && parts.length > 1 && isPrelude(part))).join('')
}
