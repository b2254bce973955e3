import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import type { FunctionCode } from '@aws-sdk/client-lambda'
import type { Cloud } from '../cloud.ts'
import { randomLower } from '../ids.ts'
import type { Principal } from '../service.ts'
import type { Place } from '../store.ts'
import { invalidParameter, tooLarge } from './errors.ts'
import { stateOf } from './function-store.ts'
import { checkPackage, unpack } from './unpack.ts'

const MAX_ZIPPED_BYTES = 52_428_800
const ADDRESS = /^\/_lambda-code\/(\d{12})\/([a-z0-9-]+)\/([0-9a-f]{64})\?expires=(\d+)&signature=([0-9a-f]{64})$/
/** As long as AWS's own addresses of packages work. */
const ADDRESS_LIFE_MS = 600_000

export type StoredPackage = { CodeSha256: string, CodeSize: number }

/** Base64, as CodeSha256 is, to hexadecimal, as file names may be. */
const fileNameOf = (codeSha256: string) => Buffer.from(codeSha256, 'base64').toString('hex')

/** The names of the files that the functions of a place need. */
export const packageFiles = (cloud: Cloud, place: Place) =>
  Object.values(stateOf(cloud, place).data.functions).map(({ configuration }) => `${fileNameOf(configuration.CodeSha256)}.zip`)

/** The packages of one account and region, kept as files named by their hash. */
export function createPackages(cloud: Cloud, place: Place) {
  const fileOf = async (codeSha256: string) => path.join(await cloud.store.folder('lambda', place), `${fileNameOf(codeSha256)}.zip`)
  return {
    /** Takes a package from its bytes or from S3 (as `caller`), checks and keeps it. */
    async keep(code: FunctionCode, caller: Principal): Promise<StoredPackage> {
      const zip = await zipOf(code, caller, cloud, place)
      checkPackage(zip)
      const CodeSha256 = createHash('sha256').update(zip).digest('base64')
      const file = await fileOf(CodeSha256)
      cloud.store.demandRoom()
      if (!existsSync(file)) await writeFileAtomic(file, Buffer.from(zip), { fsync: false, mode: 0o600 })
      return { CodeSha256, CodeSize: zip.byteLength }
    },

    /** Deletes a package that no function uses any more. */
    async release(codeSha256: string) {
      const file = await fileOf(codeSha256)
      // First the record that no longer names it: a kill in between must not leave a function without its package.
      await cloud.store.flush()
      // At once, or a function that is made of the same package meanwhile would lose it.
      if (!packageFiles(cloud, place).includes(path.basename(file))) rmSync(file, { force: true })
    },

    /** The unpacked package, in a folder under `root`. */
    async unpacked(codeSha256: string, root: string): Promise<string> {
      const folder = path.join(root, fileNameOf(codeSha256).slice(0, 32))
      if (existsSync(folder)) return folder
      const draft = `${folder}-${randomLower(6)}`
      await mkdir(draft, { recursive: true })
      await unpack(await readFile(await fileOf(codeSha256)), draft)
      await rename(draft, folder).catch(async (error) => {
        await rm(draft, { recursive: true, force: true })
        if (!existsSync(folder)) throw error // else someone else was quicker
      })
      return folder
    },

    /** An address from which anyone who has it can fetch the package for ten minutes. */
    location(codeSha256: string) {
      const expires = cloud.clock.now() + ADDRESS_LIFE_MS
      const what = `${place.account}/${place.region}/${fileNameOf(codeSha256)}`
      return `${cloud.url}/_lambda-code/${what}?expires=${expires}&signature=${sign(stateOf(cloud, place).data.secret, what, String(expires))}`
    },
  }
}
export type Packages = ReturnType<typeof createPackages>

const sign = (secret: string, what: string, expires: string) => createHmac('sha256', secret).update(`${what}\n${expires}`).digest('hex')

async function zipOf(code: FunctionCode, caller: Principal, cloud: Cloud, place: Place): Promise<Uint8Array> {
  if (code.ZipFile) {
    if (code.ZipFile.byteLength > MAX_ZIPPED_BYTES) throw tooLarge(`Zipped size must be smaller than ${MAX_ZIPPED_BYTES} bytes`)
    return code.ZipFile
  }
  if (!code.S3Bucket || !code.S3Key) throw invalidParameter('Please provide a source for function code.')
  const { Body } = await cloud.call('s3', 'GetObject', { Bucket: code.S3Bucket, Key: code.S3Key, VersionId: code.S3ObjectVersion }, caller, place).catch((error: Error) => {
    throw invalidParameter(`Error occurred while GetObject. S3 Error Code: ${error.name}. S3 Error Message: ${error.message}`)
  })
  return Body as unknown as Uint8Array
}

/**
 * Answers `GET /_lambda-code/…`, the address that GetFunction gives for a package. Needs no signature of the request: the address carries it.
 * @returns whether the request was one of these
 */
export async function servePackage(cloud: Cloud, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  if (!request.url?.startsWith('/_lambda-code/')) return false
  const [, account, region, sha, expires, signature] = ADDRESS.exec(request.url) ?? []
  const known = (await cloud.store.places('lambda')).find((place) => place.account === account && place.region === region)
  const expected = known && Buffer.from(sign(stateOf(cloud, known).data.secret, `${account}/${region}/${sha}`, expires!))
  const isRight = expected && timingSafeEqual(expected, Buffer.from(signature!)) && Number(expires) > cloud.clock.now()
  const file = isRight ? path.join(await cloud.store.folder('lambda', known), `${sha}.zip`) : ''

  if (!isRight || !existsSync(file)) {
    response.writeHead(403).end()
    return true
  }
  const zip = await readFile(file)
  response.writeHead(200, { 'content-type': 'application/zip', 'content-length': zip.byteLength }).end(zip)
  return true
}
