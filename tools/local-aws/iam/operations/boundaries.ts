import { noSuchPolicy } from '../errors.ts'
import { findPolicy } from '../identity.ts'
import type { PolicyState } from '../state.ts'

/** A permissions boundary is a managed policy that exists. */
export function checkBoundary(state: PolicyState, arn: string | undefined): string {
  if (arn === undefined || !findPolicy(state, arn)) throw noSuchPolicy(arn)
  return arn
}

export const boundaryOf = (arn: string | undefined) =>
  arn === undefined ? undefined : { PermissionsBoundaryType: 'Policy' as never, PermissionsBoundaryArn: arn }
