import { randomBytes } from 'node:crypto'
import { fromNodeProviderChain } from '@aws-sdk/credential-providers'
import type { STSClientConfig } from '@aws-sdk/client-sts'
import type { RegionFacts } from '../../mistakes/index.ts'
import { awsProfiles } from './aws-files.ts'
import type { Place } from './place.ts'

export type Credentials = NonNullable<STSClientConfig['credentials']>

/** How doctor reaches the participant's account: options for SDK clients, and the addresses of what is no SDK client. */
export type AwsAccess = {
  client: { region: string, endpoint?: string, credentials: Credentials, maxAttempts: number }
  /** `https://lambda.eu-west-1.amazonaws.com`, or the explicit endpoint for each */
  endpoint(service: string): string
  /** of a stage that cannot exist, so that the gateway itself refuses and no function runs */
  closedStage(apiEndpoint: string): string
}

/** The services that deploy, verify and the chat call. */
export const SERVICES = ['sts', 'cloudformation', 's3', 'ssm', 'lambda', 'apigateway', 'dynamodb', 'iam', 'logs']

export function awsAccess({ settings: { profile }, environment }: Place, region: string, given?: Credentials): AwsAccess {
  const explicit = environment.AWS_ENDPOINT_URL?.replace(/\/$/, '')
  const credentials = given ?? fromNodeProviderChain({ profile, clientConfig: { region }, timeout: 1_000, maxRetries: 0 })
  const stage = `doctor-${randomBytes(4).toString('hex')}`
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'
  return {
    client: { region, credentials, maxAttempts: 2, ...explicit && { endpoint: explicit } },
    // IAM is one for the world and has no regional name.
    endpoint: (service) => explicit ?? `https://${service === 'iam' ? service : `${service}.${region}`}.${domain}`,
    closedStage: (apiEndpoint) => explicit
      ? `${explicit.replace(/^http/, 'ws')}/${new URL(apiEndpoint).hostname.split('.')[0]}/${stage}`
      : `${apiEndpoint}/${stage}`,
  }
}

/** Where a region is named, and which counts: the kit's settings, AWS_REGION, the profile, as for every SDK client. */
export async function probeRegion(place: Place): Promise<RegionFacts> {
  const { settings, environment } = place
  const profile = (await awsProfiles(place))[settings.profile ?? environment.AWS_PROFILE ?? 'default']?.region
  const all = { 'settings': settings.region, 'AWS_REGION': environment.AWS_REGION, 'AWS_DEFAULT_REGION': environment.AWS_DEFAULT_REGION, 'the profile': profile }
  const named = Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => Boolean(entry[1])))
  const chosen = settings.region ?? environment.AWS_REGION ?? profile
  return { ...chosen && { chosen }, named }
}
