import { AwsError } from '../../aws-error.ts'
import { setMember } from '../../members.ts'
import { checkName } from '../constraints.ts'
import { noSuchInlinePolicy, noSuchPolicy, notAttachable, quotaExceeded, validationError } from '../errors.ts'
import { findPolicy } from '../identity.ts'
import { page, urlEncoded } from '../page.ts'
import { checkIdentityPolicy } from '../policy/validate.ts'
import { own } from '../state.ts'
import type { Entity, Iam } from '../state.ts'

type Paging = { Marker?: string, MaxItems?: number }

const ATTACHED = 10
const INLINE_LENGTH = { role: 10_240, user: 2_048 }

/** What roles and users do alike with inline and managed policies. */
export const entityPolicies = (iam: Iam, kind: 'role' | 'user') => ({
  put(entity: Entity, policyName: string | undefined, document: string | undefined) {
    const name = checkName('policyName', policyName, 128)
    const policy = checkIdentityPolicy(document)
    const others = Object.entries(entity.inline).filter(([other]) => other !== name).map(([, text]) => text)
    const length = [...others, policy].join('').replaceAll(/\s/g, '').length
    if (length > INLINE_LENGTH[kind])
      throw new AwsError('LimitExceeded', `Maximum policy size of ${INLINE_LENGTH[kind]} bytes exceeded for ${kind} ${entity.name}`)
    iam.changePolicies(() => { setMember(entity.inline, name, policy) })
    return {}
  },

  get(entity: Entity, policyName: string | undefined) {
    const document = policyName === undefined ? undefined : own(entity.inline, policyName)
    if (document === undefined) throw noSuchInlinePolicy(kind, policyName)
    return { PolicyName: policyName, PolicyDocument: urlEncoded(document) }
  },

  delete(entity: Entity, policyName: string | undefined) {
    if (policyName === undefined || own(entity.inline, policyName) === undefined) throw noSuchInlinePolicy(kind, policyName)
    iam.changePolicies(() => { delete entity.inline[policyName] })
    return {}
  },

  list(entity: Entity, paging: Paging) {
    const { items, paging: rest } = page(Object.keys(entity.inline).toSorted(), paging)
    return { PolicyNames: items, ...rest }
  },

  /** Attaching twice succeeds and changes nothing. */
  attach(entity: Entity, arn: string | undefined) {
    if (arn === undefined || !arn.startsWith('arn:')) throw validationError(`ARN ${arn} is not valid.`)
    if (!findPolicy(iam.state, arn)) throw notAttachable(arn)
    if (entity.attached.includes(arn)) return {}
    if (entity.attached.length >= ATTACHED) throw quotaExceeded(`PoliciesPer${kind === 'role' ? 'Role' : 'User'}`, ATTACHED)
    iam.changePolicies(() => { entity.attached.push(arn) })
    return {}
  },

  detach(entity: Entity, arn: string | undefined) {
    if (arn === undefined || !entity.attached.includes(arn)) throw noSuchPolicy(arn)
    iam.changePolicies(() => { entity.attached = entity.attached.filter((other) => other !== arn) })
    return {}
  },

  listAttached(entity: Entity, { PathPrefix = '/', ...paging }: Paging & { PathPrefix?: string }) {
    const policies = entity.attached.flatMap((arn) => findPolicy(iam.state, arn) ?? []).filter(({ path }) => path.startsWith(PathPrefix))
    const { items, paging: rest } = page(policies, paging)
    return { AttachedPolicies: items.map(({ name, arn }) => ({ PolicyName: name, PolicyArn: arn })), ...rest }
  },
})
