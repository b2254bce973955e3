import { defineService } from '../service.ts'
import { keyIndex } from './key-index.ts'
import { accessKeys } from './operations/access-keys.ts'
import { managedPolicies } from './operations/managed-policies.ts'
import { policyVersions } from './operations/policy-versions.ts'
import { rolePolicies } from './operations/role-policies.ts'
import { roles } from './operations/roles.ts'
import { simulations } from './operations/simulate.ts'
import { users } from './operations/users.ts'
import { permissions } from './permissions.ts'
import { openIam } from './state.ts'

export { createAuthority } from './create-authority.ts'

/** IAM is one per account, whatever the region of the request. */
export const iamService = defineService({
  name: 'iam',
  signingName: 'iam',
  load: () => import('@aws-sdk/client-iam'),
  open(cloud, { account }) {
    const iam = openIam(cloud, account)
    return {
      ...roles(iam),
      ...rolePolicies(iam),
      ...users(iam),
      ...accessKeys(iam, keyIndex(cloud.store)),
      ...managedPolicies(iam),
      ...policyVersions(iam),
      ...simulations(iam),
    }
  },
  permissions,
})
