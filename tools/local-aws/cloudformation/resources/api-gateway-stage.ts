import type { CreateStageCommandInput } from '@aws-sdk/client-apigatewayv2'
import { found } from '../handler-failure.ts'
import { resourceType } from '../resource-type.ts'
import { tagMap } from '../tags.ts'
import { updateTags } from './api-gateway-api.ts'
import { missingFrom, removed } from './removed.ts'

const SETTINGS = {
  DataTraceEnabled: 'boolean', DetailedMetricsEnabled: 'boolean', LoggingLevel: 'string', ThrottlingBurstLimit: 'number',
  ThrottlingRateLimit: 'number',
} as const
const DEFAULTS = {
  AutoDeploy: false, Description: '', ClientCertificateId: '',
  // The service cannot unset a limit; those of the account do not limit anything here.
  DefaultRouteSettings: { DataTraceEnabled: false, DetailedMetricsEnabled: false, LoggingLevel: 'OFF', ThrottlingBurstLimit: 5_000, ThrottlingRateLimit: 10_000 },
}

/** Default settings that do not speak of throttling set both limits to 0, and every handshake gets 429 (A15.2). */
const withThrottling = <P extends Pick<CreateStageCommandInput, 'DefaultRouteSettings'>>({ DefaultRouteSettings, ...rest }: P) =>
  ({ ...rest, ...DefaultRouteSettings && { DefaultRouteSettings: { ThrottlingBurstLimit: 0, ThrottlingRateLimit: 0, ...DefaultRouteSettings } } })

/** C7.13: AutoDeploy beside a DeploymentId is left to the service. Its id is its name, which is no secret of the stack: a stage made by hand stands in its way. @see C7.4 */
export const stage = resourceType<CreateStageCommandInput>({
  properties: {
    'ApiId!': 'string', 'StageName!': 'string', AutoDeploy: 'boolean', DeploymentId: 'string', Description: 'string',
    ClientCertificateId: 'string',
    DefaultRouteSettings: SETTINGS, RouteSettings: { '*': SETTINGS }, StageVariables: { '*': 'string' },
    AccessLogSettings: { DestinationArn: 'string', Format: 'string' }, AccessPolicyId: 'unbuilt', Tags: { '*': 'string' },
  },
  replacedBy: ['ApiId', 'StageName'],
  attributes: [],
  tagged: true,
  plan: ({ StageName }) => StageName!,
  exists: ({ ApiId, StageName }, { aws }) => found(aws.call('apigatewayv2', 'GetStage', { ApiId, StageName })),

  async create(properties, request) {
    await request.aws.call('apigatewayv2', 'CreateStage', { ...withThrottling(properties), Tags: tagMap(request, properties.Tags) })
  },

  async update({ Tags, ...properties }, request, { Tags: oldTags, ...previous }) {
    const { aws, place, id: StageName } = request
    const { ApiId, AccessLogSettings, RouteSettings = {}, StageVariables = {} } = properties
    if (previous.AccessLogSettings && !AccessLogSettings) await aws.call('apigatewayv2', 'DeleteAccessLogSettings', { ApiId, StageName })
    for (const RouteKey of missingFrom(Object.keys(RouteSettings), Object.keys(previous.RouteSettings ?? {})))
      await aws.call('apigatewayv2', 'DeleteRouteSettings', { ApiId, StageName, RouteKey })

    // The service merges variables; an empty text is as near to removal as it gets (C6).
    const gone = missingFrom(Object.keys(StageVariables), Object.keys(previous.StageVariables ?? {})).map((name) => [name, ''])
    await aws.call('apigatewayv2', 'UpdateStage', {
      ...withThrottling(properties), ...removed(properties, previous, DEFAULTS), StageName,
      StageVariables: { ...StageVariables, ...Object.fromEntries(gone) },
    })
    await updateTags(request, `arn:aws:apigateway:${place.region}::/apis/${ApiId}/stages/${StageName}`, oldTags, Tags)
  },

  async delete({ ApiId }, { aws, id: StageName }) {
    await aws.call('apigatewayv2', 'DeleteStage', { ApiId, StageName })
  },
})
