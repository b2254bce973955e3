import { defineService } from '../service.ts'
import { operations } from './operations.ts'
import { permissions } from './permissions.ts'

export const stsService = defineService({
  name: 'sts',
  signingName: 'sts',
  load: () => import('@aws-sdk/client-sts'),
  open: operations,
  permissions,
})
