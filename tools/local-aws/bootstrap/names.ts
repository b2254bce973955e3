import type { Place } from '../store.ts'

export const TOOLKIT_STACK = 'CDKToolkit'
export const DESCRIPTION = 'This stack includes resources needed to deploy AWS CDK apps into this environment'
export const QUALIFIER = 'hnb659fds'

/** The version of the bootstrap template that comes with the CDK's command line here; a test compares them. */
export const VERSION = '33'

/** What `cdk bootstrap` calls its things, so that apps find them without asking. */
export const nameOf = (what: string, { account, region }: Place) => `cdk-${QUALIFIER}-${what}-${account}-${region}`
