import { STSClient, GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import type { ChosenCloud } from '../../lib/cloud.ts'
import { KitError } from '../../lib/kit-error.ts'
import type { Settings } from '../../lib/settings.ts'
import { awsFailure } from './failure.ts'
import { troubleIn } from './trouble.ts'
import { signInOf } from './sign-in.ts'

/**
 * A room of thirty shares the limits of one account, such as one CreateDeployment in 5 s (A12.11): every client slows down by itself when it is
 * told to, and tries for about a minute.
 */
const RETRY = { retryMode: 'adaptive', maxAttempts: 10 }

/** The participant's account through the standard credential chain, with the identity that AWS itself names. Throws KitError that says how to sign in. */
export async function awsCloud({ profile, region, suffix }: Settings, environment: NodeJS.ProcessEnv = process.env): Promise<ChosenCloud> {
  const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers')
  const signIn = await signInOf(profile, environment)
  const configured = await configuredRegion(profile)
  const chosenRegion = region ?? configured
  if (!chosenRegion)
    throw new KitError({ what: 'No AWS region is set.', where: 'AWS_REGION, or the profile in ~/.aws/config', next: 'Choose one, for instance: npm run use aws region=eu-west-1' })

  const endpoint = environment.AWS_ENDPOINT_URL
  const credentials = fromNodeProviderChain({ profile, clientConfig: { region: chosenRegion } })
  const client = { ...RETRY, region: chosenRegion, credentials, ...endpoint && { endpoint } }
  try {
    const { Account, Arn } = await new STSClient({ ...client, maxAttempts: 3 }).send(new GetCallerIdentityCommand({}))
    const keys = await credentials()
    return {
      name: 'aws', account: Account!, region: chosenRegion, suffix, identity: Arn!, client,
      // Plain HTTP only: that is another AWS on this machine, which the deployer reaches by an agent of its own.
      ...endpoint?.startsWith('http:') && { endpoint },
      otherRegions: otherRegions(chosenRegion, [configured, environment.AWS_REGION, environment.AWS_DEFAULT_REGION]),
      environment: {
        AWS_REGION: chosenRegion,
        AWS_DEFAULT_REGION: chosenRegion,
        AWS_ACCESS_KEY_ID: keys.accessKeyId,
        AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
        ...keys.sessionToken && { AWS_SESSION_TOKEN: keys.sessionToken },
        ...endpoint && { AWS_ENDPOINT_URL: endpoint },
      },
      // An explicit endpoint (another AWS than the real one) serves the data plane by path.
      webSocketUrl: (apiId, stage) => endpoint ? `${endpoint.replace(/^http/, 'ws')}/${apiId}/${stage}` : `wss://${apiId}.execute-api.${chosenRegion}.amazonaws.com/${stage}`,
      managementEndpoint: (apiId, stage) => endpoint ? `${endpoint}/${apiId}/${stage}` : `https://${apiId}.execute-api.${chosenRegion}.amazonaws.com/${stage}`,
    }
  } catch (error) {
    const trouble = troubleIn(error)
    if (!trouble) throw error
    throw awsFailure(trouble, signIn, error)
  }
}

/** As every SDK client would find it: environment, then the profile in ~/.aws/config. */
const configuredRegion = (profile: string | undefined) => new STSClient({ profile }).config.region().catch(() => undefined)

/** Where somebody's things may be who has worked in another region than this one: the console begins in us-east-1, other tools in that of the profile. */
const otherRegions = (region: string, candidates: (string | undefined)[]) =>
  [...new Set([...candidates, 'us-east-1'])].filter((one): one is string => one !== undefined && one !== region)

/** One line, so that nobody works in another account than they think. */
export const describeCloud = ({ name, account, region, suffix, identity, endpoint }: ChosenCloud) => name === 'local'
  ? `local · ${endpoint} · account ${account} · ${region}${suffix ? ` · suffix ${suffix}` : ''}`
  : `aws · account ${account} · ${region}${suffix ? ` · suffix ${suffix}` : ''} · ${identity}${endpoint ? ` · ${endpoint}` : ''}`

/** Throws KitError where the keys of this moment belong to another account than the one that was chosen: the next deploy would go there. */
export function mustBeChosenAccount({ account, identity }: ChosenCloud, { account: chosen }: Settings) {
  if (!chosen || chosen === account) return
  throw new KitError({
    what: `This is account ${account}, and you chose account ${chosen}.`, where: identity,
    next: 'Sign in to the account you chose (look at AWS_PROFILE and exported keys), or choose this one: npm run use aws',
  })
}

/** What to keep of a choice. Another terminal, with another environment, would otherwise find another account or region. */
export const remembered = ({ account, region }: ChosenCloud, { profile }: Settings, environment: NodeJS.ProcessEnv = process.env): Partial<Settings> =>
  ({ account, region, profile: profile ?? environment.AWS_PROFILE })
