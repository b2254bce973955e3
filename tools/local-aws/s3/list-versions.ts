import { AwsError, notBuilt } from '../aws-error.ts'
import type { Operations } from '../service.ts'
import { ownerId } from './buckets.ts'
import { byUtf8, findBucket, type Bucket, type Buckets, type StoredObject } from './state.ts'
import { formersOf, versionOf } from './versions.ts'

const MAX_KEYS = 1000

type Entry = { key: string, id: string, at: number, isLatest: boolean, object?: StoredObject }

export const versionListing = (buckets: Buckets): Operations<'s3'> => ({
  /** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html */
  ListObjectVersions(input) {
    const { Prefix = '', Delimiter, KeyMarker, VersionIdMarker, EncodingType } = input
    if (Delimiter) throw notBuilt('s3 ListObjectVersions with a delimiter')
    if (VersionIdMarker && !KeyMarker)
      throw new AwsError('InvalidArgument', 'A version-id marker cannot be specified without a key marker.', { status: 400 })
    const bucket = findBucket(buckets, input)
    const MaxKeys = Math.min(input.MaxKeys ?? MAX_KEYS, MAX_KEYS)
    const encode = EncodingType === 'url' ? (key: string) => encodeURIComponent(key).replaceAll('%2F', '/') : (key: string) => key

    const entries = entriesOf(bucket).filter(({ key }) => key.startsWith(Prefix))
    const from = KeyMarker ? startOf(entries, KeyMarker, VersionIdMarker) : 0
    const page = entries.slice(from, from + MaxKeys)
    const IsTruncated = from + page.length < entries.length && MaxKeys > 0
    const Owner = { ID: ownerId(buckets.place.account) }
    const shown = ({ key, id, at, isLatest }: Entry) => ({ Key: encode(key), VersionId: id, IsLatest: isLatest, LastModified: new Date(at), Owner })
    return {
      Name: bucket.name, Prefix: encode(Prefix), KeyMarker: encode(KeyMarker ?? ''), VersionIdMarker: VersionIdMarker ?? '', MaxKeys, EncodingType, IsTruncated,
      ...IsTruncated && { NextKeyMarker: encode(page.at(-1)!.key), NextVersionIdMarker: page.at(-1)!.id },
      Versions: page.flatMap((entry) => entry.object
        ? [{ ...shown(entry), ETag: `"${entry.object.etag}"`, Size: entry.object.size, StorageClass: 'STANDARD' as const }]
        : []),
      DeleteMarkers: page.filter(({ object }) => !object).map(shown),
    }
  },
})

/** By key, of each key the newest first. */
function entriesOf(bucket: Bucket): Entry[] {
  const current = bucket.objects.map((object) => ({ key: object.key, id: versionOf(bucket, object) ?? 'null', at: object.modifiedAt, isLatest: true, object }))
  const seen = new Set(bucket.objects.map(({ key }) => key))
  const former = formersOf(bucket).toReversed().map((one): Entry => {
    const isLatest = !seen.has(one.key)
    seen.add(one.key)
    return { key: one.key, id: versionOf(bucket, one) ?? 'null', at: one.at, isLatest, object: one.object }
  })
  return [...current, ...former].toSorted(byUtf8)
}

/** The first entry after the marker: after all of the key, or after that version of it. */
function startOf(entries: Entry[], key: string, id?: string) {
  const marked = id === undefined ? -1 : entries.findIndex((entry) => entry.key === key && entry.id === id)
  if (marked >= 0) return marked + 1
  const next = entries.findIndex((entry) => byUtf8(entry, { key }) > 0)
  return next < 0 ? entries.length : next
}
