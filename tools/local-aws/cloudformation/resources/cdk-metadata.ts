import { uuid } from '../../ids.ts'
import { resourceType } from '../resource-type.ts'

/** What the CDK notes about the app. AWS makes nothing of it either. */
export const metadata = resourceType<{ Analytics?: string }>({
  properties: { Analytics: 'string' },
  replacedBy: [],
  attributes: [],
  plan: () => uuid(),
  create: async () => {},
  update: async () => {},
  delete: async () => {},
})
