import { constraintError, validationError } from '../errors.ts'
import type { Engine } from '../engine/engine.ts'
import type { Principal } from '../../service.ts'
import type { Stack } from '../state.ts'

type Source = { TemplateBody?: string, TemplateURL?: string, UsePreviousTemplate?: boolean }

/** The text of the template that a request names: in the request, in S3 (read as the caller), or the stack's present one. */
export async function templateText({ cloud, place }: Engine, source: Source, caller: Principal, previous?: Stack): Promise<string> {
  const { TemplateBody, TemplateURL, UsePreviousTemplate } = source
  if (UsePreviousTemplate && previous) return previous.definition.template
  if (TemplateBody) {
    if (Buffer.byteLength(TemplateBody) > 51_200)
      throw constraintError('templateBody', TemplateBody, 'Member must have length less than or equal to 51200')
    return TemplateBody
  }
  if (!TemplateURL) throw validationError('Either Template URL or Template Body must be specified.')

  const { Bucket, Key } = objectAt(TemplateURL)
  try {
    const { Body } = await cloud.call('s3', 'GetObject', { Bucket, Key }, caller, place)
    return Buffer.from(Body as unknown as Uint8Array).toString('utf8')
  } catch (error) {
    const more = 'For more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html'
    throw validationError(`S3 error: ${(error as Error).message}\n${more}`)
  }
}

/**
 * Bucket and key in `https://BUCKET.s3.REG.amazonaws.com/KEY`, `https://s3.REG.amazonaws.com/BUCKET/KEY` or `http://127.0.0.1:4566/BUCKET/KEY`.
 * Throws ValidationError.
 */
export function objectAt(url: string): { Bucket: string, Key: string } {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  const path = decoded(parsed?.pathname.slice(1) ?? '')
  const virtualHost = /^(.+)\.s3[.-]/.exec(parsed?.hostname ?? '')?.[1]
  const [Bucket = '', ...key] = virtualHost ? [virtualHost, path] : path.split('/')
  const Key = key.join('/')
  if (!parsed || !Bucket || !Key) throw validationError('TemplateURL must be a supported URL.')
  return { Bucket, Key }
}

/** An empty text where it cannot be decoded: that is no object's address. */
function decoded(path: string) {
  try {
    return decodeURIComponent(path)
  } catch {
    return ''
  }
}
