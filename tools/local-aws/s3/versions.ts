import { AwsError } from '../aws-error.ts'
import { randomAlphanumeric } from '../ids.ts'
import type { Bodies } from './bodies.ts'
import { byUtf8, noSuchKey, type Bucket, type Buckets, type Former, type StoredObject } from './state.ts'

/**
 * What `VersionId` calls an object; undefined in a bucket that never had versions.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/versioning-workflows.html
 */
export const versionOf = ({ versioning }: Bucket, { versionId }: { versionId?: string }) => (versioning ? versionId ?? 'null' : undefined)

/** The object of a key, or that version of it. Throws AwsError `NoSuchKey`, `NoSuchVersion`, and `MethodNotAllowed` for a delete marker. */
export function objectOf(bucket: Bucket, key = '', version?: string): StoredObject {
  const current = bucket.objects.find((object) => object.key === key)
  if (version === undefined) {
    if (current) return current
    const marker = formerOf(bucket, key).at(-1)
    throw noSuchKey(key, marker ? markerHeaders(bucket, marker) : {})
  }
  if (current && isVersion(current, version)) return current
  const former = formerOf(bucket, key).find((one) => isVersion(one, version))
  if (former?.object) return former.object
  if (former) throw new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', { status: 405, headers: markerHeaders(bucket, former), fields: { Method: 'GET', ResourceType: 'DeleteMarker' } })
  throw new AwsError('NoSuchVersion', 'The specified version does not exist.', { status: 404, fields: { Key: key, VersionId: version } })
}

/** Puts `object` in its place in the bucket: what was there becomes a former version, or goes. Answers the new one as it is kept. */
export async function place(buckets: Buckets, bodies: Bodies, bucket: Bucket, object: StoredObject): Promise<StoredObject> {
  const placed = { ...object, versionId: newVersion(bucket) }
  const gone = supersede(bucket, object.key, placed.versionId)
  bucket.objects = [...bucket.objects, placed].toSorted(byUtf8)
  buckets.changed()
  await removeBodies(bodies, gone)
  return placed
}

export type Deletion = { VersionId?: string, DeleteMarker?: boolean }
type Deleting = { key: string, version?: string }

/**
 * Deletes objects: for ever if they name their version or the bucket has none, else by a marker in front of what was there.
 * What is missing counts as deleted.
 */
export async function deleteObjects(buckets: Buckets, bodies: Bodies, bucket: Bucket, deletings: Deleting[], now: number): Promise<Deletion[]> {
  const gone: StoredObject[] = []
  const deletions = deletings.map(({ key, version }): Deletion => {
    if (version !== undefined && bucket.versioning) return deleteVersion(bucket, key, version, gone)
    if (version !== undefined && version !== 'null') throw new AwsError('InvalidArgument', 'Invalid version id specified', { status: 400, fields: { ArgumentName: 'versionId', ArgumentValue: version } })
    const marker: Former = { key, versionId: newVersion(bucket), at: now }
    gone.push(...supersede(bucket, key, marker.versionId))
    if (!bucket.versioning) return {}
    formersOf(bucket).push(marker)
    return { DeleteMarker: true, VersionId: versionOf(bucket, marker) }
  })
  buckets.changed()
  await removeBodies(bodies, gone)
  return deletions
}

/** Deletes one version for ever; the one before it is the current one then. */
function deleteVersion(bucket: Bucket, key: string, version: string, gone: StoredObject[]): Deletion {
  const current = bucket.objects.find((object) => object.key === key)
  if (current && isVersion(current, version)) {
    bucket.objects = bucket.objects.filter((object) => object !== current)
    gone.push(current)
    bringBack(bucket, key)
    return { VersionId: version }
  }
  const former = formerOf(bucket, key).find((one) => isVersion(one, version))
  if (!former) return { VersionId: version }
  bucket.former = formersOf(bucket).filter((one) => one !== former)
  if (former.object) gone.push(former.object)
  bringBack(bucket, key)
  return { VersionId: version, DeleteMarker: former.object ? undefined : true }
}

/** The newest former version is the current one, if there is none and it is an object. */
function bringBack(bucket: Bucket, key: string) {
  const newest = formerOf(bucket, key).at(-1)
  if (!newest?.object || bucket.objects.some((object) => object.key === key)) return
  bucket.former = formersOf(bucket).filter((one) => one !== newest)
  bucket.objects = [...bucket.objects, newest.object].toSorted(byUtf8)
}

/** Takes the current object away for one with the id `next`. Answers what that replaces for good: of versions called `null` there is one at most. */
function supersede(bucket: Bucket, key: string, next: string | undefined): StoredObject[] {
  const current = bucket.objects.find((object) => object.key === key)
  bucket.objects = bucket.objects.filter((object) => object !== current)
  if (current) formersOf(bucket).push({ key, versionId: current.versionId, at: current.modifiedAt, object: current })
  if (next !== undefined) return []
  const replaced = formerOf(bucket, key).filter(({ versionId }) => versionId === undefined)
  bucket.former = formersOf(bucket).filter((one) => !replaced.includes(one))
  return replaced.flatMap(({ object }) => object ?? [])
}

export const formersOf = (bucket: Bucket) => bucket.former ??= []
/** Oldest first. */
export const formerOf = (bucket: Bucket, key: string) => formersOf(bucket).filter((one) => one.key === key)

const newVersion = ({ versioning }: Bucket) => (versioning === 'Enabled' ? randomAlphanumeric(32) : undefined)
const isVersion = ({ versionId = 'null' }: { versionId?: string }, version: string) => versionId === version
const removeBodies = async (bodies: Bodies, objects: StoredObject[]) => objects.length > 0 && bodies.remove(...objects.map(({ file }) => file))
const markerHeaders = (bucket: Bucket, marker: Former) => ({ 'x-amz-delete-marker': 'true', 'x-amz-version-id': versionOf(bucket, marker) ?? 'null' })
