import { AwsError } from '../../aws-error.ts'
import type { Template } from './template.ts'

const IAM_TYPES: Record<string, string | undefined> = {
  'AWS::IAM::Role': 'RoleName', 'AWS::IAM::ManagedPolicy': 'ManagedPolicyName', 'AWS::IAM::User': 'UserName',
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::InstanceProfile': 'InstanceProfileName', 'AWS::IAM::Policy': undefined, 'AWS::IAM::AccessKey': undefined,
  'AWS::IAM::UserToGroupAddition': undefined,
}

/** The capability that a template asks its author to acknowledge, and the types that ask for it. */
export function requiredCapability({ Resources }: Template): { capability?: 'CAPABILITY_IAM' | 'CAPABILITY_NAMED_IAM', types: string[] } {
  const iam = Object.values(Resources).filter(({ Type }) => Type in IAM_TYPES)
  const named = iam.some(({ Type, Properties = {} }) => IAM_TYPES[Type] !== undefined && Properties[IAM_TYPES[Type]] !== undefined)
  const types = [...new Set(iam.map(({ Type }) => Type))]
  if (iam.length === 0) return { types }
  return { capability: named ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM', types }
}

/** Throws InsufficientCapabilitiesException (G2.7). The capability for named ones covers both. */
export function checkCapabilities(template: Template, given: string[] = []) {
  const { capability } = requiredCapability(template)
  if (!capability || given.includes(capability) || given.includes('CAPABILITY_NAMED_IAM')) return
  throw new AwsError('InsufficientCapabilitiesException', `Requires capabilities : [${capability}]`, { status: 400 })
}
