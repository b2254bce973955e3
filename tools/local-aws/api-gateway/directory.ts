import type { Cloud } from '../cloud.ts'
import { servedSnapshot } from './deploying.ts'
import { sharedOf, type Apis } from './place.ts'
import { own, type ApiRecord, type Snapshot, type StageRecord } from './records.ts'

/** An API, and the account and region it lives in. */
export type Located = { apis: Apis, apiId: string }

/** Finds APIs by id alone, as the wildcard host name does: over all accounts and regions. */
export function createDirectory(cloud: Cloud) {
  const shared = sharedOf(cloud)
  const known = new Map<string, Apis>()

  return {
    async find(apiId: string, region?: string): Promise<Located | undefined> {
      if (!known.get(apiId)?.find(apiId)) {
        known.delete(apiId)
        for (const place of await cloud.store.places('apigatewayv2'))
          if (shared.apis(place).find(apiId)) known.set(apiId, shared.apis(place))
      }
      const apis = known.get(apiId)
      return apis && (region === undefined || apis.place.region === region) ? { apis, apiId } : undefined
    },
  }
}

export const recordOf = ({ apis, apiId }: Located): ApiRecord | undefined => apis.find(apiId)

export function stageAt(located: Located, stageName: string): StageRecord | undefined {
  const record = recordOf(located)
  return record && own(record.stages, stageName)
}

/** What the stage serves at this moment, also to connections opened before (A7.11). Undefined: nothing. */
export function deployedAt(located: Located, stageName: string): Snapshot | undefined {
  const record = recordOf(located)
  return record && servedSnapshot(record, stageName, located.apis.cloud.clock.now())
}

export const hostOf = ({ apis, apiId }: Located) => `${apiId}.execute-api.${apis.place.region}.amazonaws.com`

/** What a route is called where its invocation must be allowed (C3.7). */
export const routeArn = ({ apis, apiId }: Located, stageName: string, routeKey: string) =>
  `arn:aws:execute-api:${apis.place.region}:${apis.place.account}:${apiId}/${stageName}/${routeKey}`
