import { defineService } from '../service.ts'
import { expireHourly } from './expiry.ts'
import { itemOperations } from './items.ts'
import { permissions } from './permissions.ts'
import { tableOperations } from './tables.ts'
import { tagOperations } from './tags.ts'
import { timeToLiveOperations } from './time-to-live.ts'
import { passThrough } from './wire.ts'

/** DynamoDB: dynalite with what it lacks in front, one database per account and region. */
export const dynamodbService = defineService({
  name: 'dynamodb',
  signingName: 'dynamodb',
  load: () => import('@aws-sdk/client-dynamodb'),
  open(cloud, place) {
    expireHourly(cloud, place)
    return {
      ...itemOperations(cloud, place),
      ...tableOperations(cloud, place),
      ...timeToLiveOperations(cloud, place),
      ...tagOperations(cloud, place),
    }
  },
  permissions,
  passThrough,
})
