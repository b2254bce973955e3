import { createHash } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { AwsError } from '../aws-error.ts'
import type { Cloud } from '../cloud.ts'
import { randomLower } from '../ids.ts'

/** Files with the bodies of objects and parts. A name is random, never made from a key, and no file is written twice. */
export type Bodies = {
  write(body: Uint8Array): Promise<{ file: string, size: number, etag: string }>
  read(file: string): Promise<Uint8Array>
  remove(...files: string[]): Promise<void>
}

export function bodiesOf(cloud: Cloud, account: string): Bodies {
  const at = async (file: string) => path.join(await cloud.store.folder('s3', { account, region: 'global' }), file)

  return {
    async write(body) {
      cloud.store.demandRoom()
      const file = randomLower(32)
      await writeFileAtomic(await at(file), Buffer.from(body.buffer, body.byteOffset, body.byteLength), { fsync: false, mode: 0o600 })
      return { file, size: body.byteLength, etag: createHash('md5').update(body).digest('hex') }
    },
    read: async (file) => readFile(await at(file)),
    async remove(...files) {
      // First the list that no longer names them: a kill in between must not leave objects without a body.
      await cloud.store.flush()
      for (const file of files) await rm(await at(file), { force: true })
    },
  }
}

/** The dispatcher hands bodies over as bytes; text is allowed for calls inside the process. */
export function bytesOf(body: unknown): Uint8Array {
  if (body === undefined) return new Uint8Array()
  if (typeof body === 'string') return Buffer.from(body)
  if (body instanceof Uint8Array) return body
  throw new AwsError('IncompleteBody', 'You did not provide the number of bytes specified by the Content-Length HTTP header', { status: 400 })
}
