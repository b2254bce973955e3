import type { Cloud } from '../cloud.ts'
import type { Document, Place } from '../store.ts'
import { createAutoDeploy } from './auto-deploy.ts'
import { notFound } from './errors.ts'
import { own, type ApiRecord } from './records.ts'

/** The APIs of one account and region. No other account's or region's can be reached from here. */
export type Apis = {
  readonly cloud: Cloud
  readonly place: Place
  all(): ApiRecord[]
  find(apiId: string | undefined): ApiRecord | undefined
  /** Throws NotFoundException (C5.1). */
  get(apiId: string | undefined): ApiRecord
  add(record: ApiRecord): void
  /** Forgets the API and closes its sockets. */
  remove(apiId: string): void
  /** Closes the sockets of a stage that is gone. */
  stageRemoved(apiId: string, stageName: string): void
  saved(): void
  /** Saves, and has the stages with AutoDeploy deployed soon. */
  reconfigured(record: ApiRecord): void
}

/** What the control plane and the data plane of one cloud share. */
export type Shared = {
  apis(place: Place): Apis
  /** Calls `listener` when an API, or one stage of it, is gone. */
  onRemoved(listener: (apiId: string, stageName?: string) => void): void
}

// Keyed by cloud, so that nothing passes from one cloud of the process to another.
const sharedByCloud = new WeakMap<Cloud, Shared>()

export function sharedOf(cloud: Cloud): Shared {
  const known = sharedByCloud.get(cloud)
  if (known) return known

  const listeners: ((apiId: string, stageName?: string) => void)[] = []
  const opened = new Map<string, Apis>()
  const removed = (apiId: string, stageName?: string) => { for (const listener of listeners) listener(apiId, stageName) }
  const shared: Shared = {
    apis({ account, region }) {
      const key = `${account}/${region}`
      const apis = opened.get(key) ?? openApis(cloud, { account, region }, removed)
      opened.set(key, apis)
      return apis
    },
    onRemoved: (listener) => { listeners.push(listener) },
  }
  sharedByCloud.set(cloud, shared)
  return shared
}

export const apisOf = (cloud: Cloud, place: Place) => sharedOf(cloud).apis(place)

function openApis(cloud: Cloud, place: Place, removed: (apiId: string, stageName?: string) => void): Apis {
  const document: Document<{ apis: Record<string, ApiRecord> }> = cloud.store.document('apigatewayv2', place, () => ({ apis: {} }))
  const { apis } = document.data
  const result: Apis = {
    cloud, place,
    all: () => Object.values(apis),
    find: (apiId) => own(apis, apiId),
    get(apiId) {
      const record = result.find(apiId)
      if (!record) throw notFound(`Invalid API identifier specified ${place.account}:${apiId}`)
      return record
    },
    add(record) {
      apis[record.api.ApiId] = record
      document.changed()
    },
    remove(apiId) {
      delete apis[apiId]
      document.changed()
      removed(apiId)
    },
    stageRemoved: removed,
    saved: () => document.changed(),
    reconfigured(record) {
      document.changed()
      autoDeploy.soon(record)
    },
  }
  const autoDeploy = createAutoDeploy(result)
  for (const record of result.all()) if (record.isAutoDeployDue) autoDeploy.soon(record)
  return result
}
