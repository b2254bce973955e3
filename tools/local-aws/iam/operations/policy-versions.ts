import { AwsError } from '../../aws-error.ts'
import type { Operations } from '../../service.ts'
import { violation } from '../constraints.ts'
import { noSuchVersion } from '../errors.ts'
import { findPolicy } from '../identity.ts'
import { page, urlEncoded } from '../page.ts'
import type { Iam, ManagedPolicy, PolicyVersion } from '../state.ts'
import { checkedDocument, ownPolicyAt, policyAt } from './managed-policies.ts'

const MOST_VERSIONS = 5
const VERSION = 'v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?'

/** The versions of managed policies: the default one decides. */
export function policyVersions(iam: Iam): Operations<'iam'> {
  /** A missing policy and a missing version are answered alike. */
  function versionOf(arn: string | undefined, id: string | undefined): { policy: ManagedPolicy, version: PolicyVersion } {
    if (id === undefined || !new RegExp(`^${VERSION}$`).test(id)) throw violation("Value at 'versionId'", `Member must satisfy regular expression pattern: ${VERSION}`)
    const policy = arn === undefined ? undefined : findPolicy(iam.state, arn)
    const version = policy?.versions.find((candidate) => candidate.id === id)
    if (!policy || !version) throw noSuchVersion(arn, id)
    return { policy, version }
  }

  return {
    CreatePolicyVersion({ PolicyArn, PolicyDocument, SetAsDefault = false }) {
      const policy = ownPolicyAt(iam, PolicyArn)
      const document = checkedDocument(PolicyDocument)
      if (policy.versions.length >= MOST_VERSIONS)
        throw new AwsError('LimitExceeded', `A managed policy can have up to ${MOST_VERSIONS} versions. Before you create a new version, you must delete an existing version.`)

      const version: PolicyVersion = { id: `v${policy.nextVersion}`, document, createdAt: iam.now() }
      iam.changePolicies(() => {
        policy.versions.unshift(version)
        policy.nextVersion++
        policy.updatedAt = iam.now()
        if (SetAsDefault) policy.defaultVersion = version.id
      })
      return { PolicyVersion: described(policy, version) }
    },

    GetPolicyVersion({ PolicyArn, VersionId }) {
      const { policy, version } = versionOf(PolicyArn, VersionId)
      return { PolicyVersion: { ...described(policy, version), Document: urlEncoded(version.document) } }
    },

    ListPolicyVersions({ PolicyArn, ...paging }) {
      const policy = policyAt(iam, PolicyArn)
      const { items, paging: rest } = page(policy.versions, paging)
      return { Versions: items.map((version) => described(policy, version)), ...rest }
    },

    SetDefaultPolicyVersion({ PolicyArn, VersionId }) {
      const { version } = versionOf(PolicyArn, VersionId)
      const policy = ownPolicyAt(iam, PolicyArn)
      iam.changePolicies(() => {
        policy.defaultVersion = version.id
        policy.updatedAt = iam.now()
      })
      return {}
    },

    DeletePolicyVersion({ PolicyArn, VersionId }) {
      const { version } = versionOf(PolicyArn, VersionId)
      const policy = ownPolicyAt(iam, PolicyArn)
      if (version.id === policy.defaultVersion) throw new AwsError('DeleteConflict', 'Cannot delete the default version of a policy.')
      iam.changePolicies(() => { policy.versions = policy.versions.filter((other) => other !== version) })
      return {}
    },
  }
}

const described = ({ defaultVersion }: ManagedPolicy, { id, createdAt }: PolicyVersion) => ({
  VersionId: id,
  IsDefaultVersion: id === defaultVersion,
  CreateDate: new Date(createdAt),
})
