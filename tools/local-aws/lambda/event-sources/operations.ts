import type { FilterCriteria } from '@aws-sdk/client-lambda'
import { AwsError } from '../../aws-error.ts'
import { uuid } from '../../ids.ts'
import type { Operations } from '../../service.ts'
import { conflict, invalidParameter } from '../errors.ts'
import { findFunction, referenceTo, type FunctionRecord } from '../function-store.ts'
import type { Lambda } from '../lambda.ts'
import { pageOf } from '../pages.ts'
import { checkBatching, checkQueue, checkSettings } from './checks.ts'
import { findMapping, shownMapping, type EventSource } from './state.ts'

const USUAL_BATCH = 10

/** Event source mappings of SQS queues (H.3, H.4). @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html */
export function eventSourceOperations({ cloud, place, document, pollers }: Lambda) {
  const all = () => document.data.eventSources ?? []
  const shown = (mapping: EventSource) => shownMapping(place, mapping)

  function functionNamed(functionName: string | undefined): { record: FunctionRecord, functionArn: string } {
    const { arn, qualifier } = referenceTo(functionName, place)
    try {
      return { record: findFunction(document.data, place, functionName), functionArn: qualifier ? `${arn}:${qualifier}` : arn }
    } catch (error) {
      throw error instanceof AwsError && error.name === 'ResourceNotFoundException' ? invalidParameter('Function does not exist') : error
    }
  }

  function demandUnique({ queueArn, functionArn }: { queueArn: string, functionArn: string }, functionName: string) {
    const other = all().find((mapping) => mapping.queueArn === queueArn && mapping.functionArn === functionArn && mapping.state !== 'Deleting')
    const pair = `SQS arn (" ${queueArn} ") and function (" ${functionName} ")`
    if (other) throw conflict(`An event source mapping with ${pair} already exists. Please update or delete the existing mapping with UUID ${other.id}`)
  }

  return {
    async CreateEventSourceMapping(input) {
      const queueArn = input.EventSourceArn
      if (!queueArn) throw invalidParameter('Unrecognized event source.')
      checkSettings(input)
      const { record, functionArn } = functionNamed(input.FunctionName)
      const { FunctionName: functionName } = record.configuration
      const mapping: EventSource = {
        id: uuid(), queueArn, functionName, functionArn, enabled: input.Enabled ?? true, state: 'Creating',
        batchSize: input.BatchSize ?? USUAL_BATCH, windowSeconds: input.MaximumBatchingWindowInSeconds ?? 0,
        reportsFailures: Boolean(input.FunctionResponseTypes?.length), maximumConcurrency: input.ScalingConfig?.MaximumConcurrency,
        filters: patternsIn(input.FilterCriteria), modifiedAt: cloud.clock.now(), tags: { ...input.Tags },
      }
      checkBatching(mapping)
      demandUnique(mapping, functionName)
      await checkQueue(cloud, place, queueArn, record)
      demandUnique(mapping, functionName)
      document.data.eventSources = [...all(), mapping]
      pollers.settle(mapping)
      return shown(mapping)
    },

    GetEventSourceMapping: ({ UUID }) => shown(findMapping(document.data, UUID)),

    ListEventSourceMappings({ EventSourceArn, FunctionName, Marker, MaxItems }) {
      const wanted = FunctionName === undefined ? undefined : referenceTo(FunctionName, place)
      const matching = all().filter(({ queueArn, functionName }) =>
        (EventSourceArn === undefined || queueArn === EventSourceArn) && (!wanted || functionName === wanted.name))
      const { items, next } = pageOf(matching, Marker, MaxItems ?? 100)
      return { EventSourceMappings: items.map(shown), ...next && { NextMarker: next } }
    },

    async UpdateEventSourceMapping(input) {
      const mapping = findMapping(document.data, input.UUID)
      demandAtRest(mapping, 'update')
      checkSettings(input)
      const changed = {
        batchSize: input.BatchSize ?? mapping.batchSize,
        windowSeconds: input.MaximumBatchingWindowInSeconds ?? mapping.windowSeconds,
        reportsFailures: input.FunctionResponseTypes === undefined ? mapping.reportsFailures : input.FunctionResponseTypes.length > 0,
        maximumConcurrency: input.ScalingConfig === undefined ? mapping.maximumConcurrency : input.ScalingConfig.MaximumConcurrency,
        filters: input.FilterCriteria === undefined ? mapping.filters : patternsIn(input.FilterCriteria),
        enabled: input.Enabled ?? mapping.enabled,
      }
      checkBatching({ ...changed, queueArn: mapping.queueArn })
      const { record, functionArn } = functionNamed(input.FunctionName ?? mapping.functionArn)
      if (functionArn !== mapping.functionArn) demandUnique({ queueArn: mapping.queueArn, functionArn }, record.configuration.FunctionName)
      await checkQueue(cloud, place, mapping.queueArn, record)
      demandAtRest(mapping, 'update')

      const state = changed.enabled === mapping.enabled ? 'Updating' : changed.enabled ? 'Enabling' : 'Disabling'
      Object.assign(mapping, changed, { functionArn, functionName: record.configuration.FunctionName, state, modifiedAt: cloud.clock.now() })
      pollers.settle(mapping)
      return shown(mapping)
    },

    DeleteEventSourceMapping({ UUID }) {
      const mapping = findMapping(document.data, UUID)
      demandAtRest(mapping, 'delete')
      mapping.state = 'Deleting'
      pollers.settle(mapping)
      return shown(mapping)
    },
  } satisfies Operations<'lambda'>
}

const patternsIn = ({ Filters }: FilterCriteria = {}) => Filters?.map(({ Pattern = '' }) => Pattern)

function demandAtRest({ state }: EventSource, what: 'update' | 'delete') {
  if (state === 'Enabled' || state === 'Disabled') return
  const message = `Cannot ${what} the event source mapping because it is in use.`
  throw new AwsError('ResourceInUseException', message, { status: 400, fields: { Type: 'User' } })
}
