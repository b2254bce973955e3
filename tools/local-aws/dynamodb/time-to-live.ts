import type { Cloud } from '../cloud.ts'
import type { Operations } from '../service.ts'
import type { Place } from '../store.ts'
import { onTable, validationError } from './tables.ts'

const HOUR_MS = 3_600_000

/**
 * Which attribute says when an item expires (F.11); `expiry.ts` deletes it.
 *
 * Differs from AWS: ENABLED and DISABLED at once, without ENABLING and DISABLING.
 */
export const timeToLiveOperations = (cloud: Cloud, place: Place): Operations<'dynamodb'> => ({
  UpdateTimeToLive: onTable(cloud, place, async (engine, { TableName, TimeToLiveSpecification }) => {
    const { AttributeName, Enabled } = required('timeToLiveSpecification', TimeToLiveSpecification)
    required('timeToLiveSpecification.attributeName', AttributeName)
    required('timeToLiveSpecification.enabled', Enabled)
    const now = cloud.clock.now()

    await engine.editTable(TableName, (table) => {
      const current = table.local?.timeToLive
      if (Enabled && current?.enabled) throw validationError('TimeToLive is already enabled')
      if (!Enabled && !current?.enabled) throw validationError('TimeToLive is already disabled')
      if (current && now - current.changedAt < HOUR_MS)
        throw validationError('Time to live has been modified multiple times within a fixed interval')

      table.local = { ...table.local, timeToLive: { attribute: AttributeName, enabled: Enabled, changedAt: now } }
    })
    return { TimeToLiveSpecification }
  }),

  DescribeTimeToLive: onTable(cloud, place, async (engine, { TableName }) => {
    const current = (await engine.table(TableName)).local?.timeToLive
    return {
      TimeToLiveDescription: current?.enabled
        ? { TimeToLiveStatus: 'ENABLED', AttributeName: current.attribute }
        : { TimeToLiveStatus: 'DISABLED' },
    }
  }),
})

/** Throws ValidationException where a member is missing: the clients see to it, others may not. */
function required<T>(member: string, value: T): NonNullable<T> {
  if (value === undefined || value === null)
    throw validationError(`1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`)
  return value
}
