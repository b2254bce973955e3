import { STSClient, GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { connectLocal, localCloud, localState, runningLocal, type ChosenCloud } from '../lib/cloud.ts'
import { KitError } from '../lib/kit-error.ts'
import { note } from '../lib/output.ts'
import { readSettings, type Settings } from '../lib/settings.ts'

/**
 * Runs `work` on the cloud that the participant chose. A local AWS that runs already is used; otherwise one is started on the same state
 * for as long as the work takes.
 */
export async function withCloud<T>(work: (cloud: ChosenCloud) => Promise<T>): Promise<T> {
  const settings = readSettings()
  if (settings.cloud === 'aws') {
    const cloud = await awsCloud(settings)
    note(describeCloud(cloud))
    return work(cloud)
  }

  if (runningLocal()) return work(connectLocal({ suffix: settings.suffix }))
  // Loaded only where needed: it takes longer than most commands.
  const { startOnUsualPort } = await import('./local.ts')
  const aws = await startOnUsualPort(localState())
  try {
    return await work(localCloud({ ...aws, suffix: settings.suffix }))
  } finally {
    await aws.stop()
  }
}

/** The participant's account through the standard credential chain, with the identity that AWS itself names. Throws KitError that says how to sign in. */
export async function awsCloud({ profile, region, suffix }: Settings, environment: NodeJS.ProcessEnv = process.env): Promise<ChosenCloud> {
  const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers')
  const chosenRegion = region ?? await configuredRegion(profile)
  if (!chosenRegion)
    throw new KitError({ what: 'No AWS region is set.', where: 'AWS_REGION, or the profile in ~/.aws/config', next: 'Choose one, for instance: npm run use aws region=eu-west-1' })

  const endpoint = environment.AWS_ENDPOINT_URL
  const credentials = fromNodeProviderChain({ profile, clientConfig: { region: chosenRegion } })
  const client = { region: chosenRegion, credentials, ...endpoint && { endpoint } }
  const { Account, Arn } = await identify(client, profile)
  const keys = await credentials()
  return {
    name: 'aws', account: Account!, region: chosenRegion, suffix, identity: Arn!, client,
    environment: {
      AWS_REGION: chosenRegion,
      AWS_DEFAULT_REGION: chosenRegion,
      AWS_ACCESS_KEY_ID: keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
      ...keys.sessionToken && { AWS_SESSION_TOKEN: keys.sessionToken },
      ...endpoint && { AWS_ENDPOINT_URL: endpoint },
    },
    // An explicit endpoint (a second local AWS in tests) serves the data plane by path.
    webSocketUrl: (apiId, stage) => endpoint ? `${endpoint.replace(/^http/, 'ws')}/${apiId}/${stage}` : `wss://${apiId}.execute-api.${chosenRegion}.amazonaws.com/${stage}`,
    managementEndpoint: (apiId, stage) => endpoint ? `${endpoint}/${apiId}/${stage}` : `https://${apiId}.execute-api.${chosenRegion}.amazonaws.com/${stage}`,
  }
}

async function identify(client: ChosenCloud['client'], profile: string | undefined) {
  try {
    return await new STSClient({ ...client, maxAttempts: 2 }).send(new GetCallerIdentityCommand({}))
  } catch (error) {
    throw credentialsFailure(error as Error, profile)
  }
}

function credentialsFailure(error: Error, profile: string | undefined) {
  const login = `aws sso login${profile ? ` --profile ${profile}` : ''}`
  const where = profile ? `profile ${profile}` : 'the default credential chain'
  if (/Expired/.test(error.name) || /expired/i.test(error.message))
    return new KitError({ what: 'The AWS session has expired.', where, next: `Sign in again: ${login}` }, { cause: error })
  if (error.name === 'CredentialsProviderError')
    return new KitError({ what: 'No AWS credentials were found.', where, next: `Sign in (${login}) or export keys, then npm run use aws. No account? npm run use local` }, { cause: error })
  if (/InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch/.test(error.name))
    return new KitError({ what: `AWS does not accept the credentials: ${error.message}`, where, next: `Check which keys are exported, or sign in again: ${login}` }, { cause: error })
  return new KitError({ what: `AWS could not be asked who you are: ${error.message}`, where, next: 'Check the network and the region. No account at hand? npm run use local' }, { cause: error })
}

/** As every SDK client would find it: environment, then the profile in ~/.aws/config. */
const configuredRegion = (profile: string | undefined) => new STSClient({ profile }).config.region().catch(() => undefined)

/** One line, so that nobody works in another account than they think. */
export const describeCloud = ({ name, account, region, suffix, identity, endpoint }: ChosenCloud) => name === 'local'
  ? `local · ${endpoint} · account ${account} · ${region}${suffix ? ` · suffix ${suffix}` : ''}`
  : `aws · account ${account} · ${region}${suffix ? ` · suffix ${suffix}` : ''} · ${identity}`
