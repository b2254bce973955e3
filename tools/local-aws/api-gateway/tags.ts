import type { Operations } from '../service.ts'
import { notFound } from './errors.ts'
import type { Apis } from './place.ts'
import { stageOf } from './stages.ts'

/** Tags of APIs and stages (C6). */
export function tags(apis: Apis): Operations<'apigatewayv2'> {
  return {
    TagResource({ ResourceArn, Tags }) {
      const tagged = taggedBy(apis, ResourceArn)
      tagged.Tags = { ...tagged.Tags, ...Tags }
      apis.saved()
      return {}
    },
    GetTags: ({ ResourceArn }) => ({ Tags: { ...taggedBy(apis, ResourceArn).Tags } }),
    UntagResource({ ResourceArn, TagKeys = [] }) {
      const tagged = taggedBy(apis, ResourceArn)
      tagged.Tags = Object.fromEntries(Object.entries(tagged.Tags ?? {}).filter(([key]) => !TagKeys.includes(key)))
      apis.saved()
      return {}
    },
  }
}

/** @param arn `arn:aws:apigateway:REG::/apis/API` or `…/apis/API/stages/STAGE` (C3.6) */
function taggedBy(apis: Apis, arn: string | undefined): { Tags?: Record<string, string> } {
  const [, region, apiId, stageName] = /^arn:aws:apigateway:([\w-]+)::\/apis\/([^/]+)(?:\/stages\/([^/]+))?$/.exec(arn ?? '') ?? []
  if (!apiId || region !== apis.place.region) throw notFound('Invalid resource ARN specified')

  const record = apis.get(apiId)
  return stageName ? stageOf(record, stageName).stage : record.api
}
