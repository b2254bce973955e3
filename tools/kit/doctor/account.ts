import { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2'
import { Lambda } from '@aws-sdk/client-lambda'
import { SSM } from '@aws-sdk/client-ssm'
import { STS } from '@aws-sdk/client-sts'
import type { CredentialsFacts, LambdaFacts, MachineFacts, WebSocketFacts } from '../../mistakes/index.ts'
import type { AwsAccess } from './aws-access.ts'
import { awsProfiles } from './aws-files.ts'
import type { Place } from './place.ts'
import { handshake } from './web-socket.ts'

const BOOTSTRAP_PARAMETER = '/cdk-bootstrap/hnb659fds/version'
const RUNTIMES = ['nodejs22.x', 'nodejs24.x'] as const

/** Who the keys belong to. Rejects where AWS could not be asked at all. */
export async function probeCredentials({ client }: AwsAccess, place: Place): Promise<CredentialsFacts> {
  const { profile } = place.settings
  if (profile && !(await awsProfiles(place))[profile]) return { status: 'no-profile' }
  try {
    const { Account, Arn } = await new STS(client).getCallerIdentity({})
    return { status: 'ok', account: Account, identity: Arn, ...await minutesLeft(client) }
  } catch (error) {
    return refusal(error as Error)
  }
}

/** Temporary keys know when they end. */
async function minutesLeft({ credentials }: AwsAccess['client']) {
  const { expiration } = typeof credentials === 'function' ? await credentials() : credentials
  return expiration ? { minutesLeft: Math.max(0, Math.round((expiration.getTime() - Date.now()) / 60_000)) } : {}
}

/** @see E3 (facts) for the names by which services refuse keys */
function refusal(error: Error): CredentialsFacts {
  const { name, message } = error
  if (/Expired/.test(name) || /\b(token|session)\b.*\bexpired/i.test(message)) return { status: 'expired', message }
  if (/CredentialsProviderError|TokenProviderError/.test(name)) return { status: 'none', message }
  if (/InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|InvalidAccessKeyId|IncompleteSignature|InvalidSignature|AccessDenied/.test(name)) return { status: 'refused', message }
  throw error
}

/** The version that `cdk bootstrap` left behind. */
export async function probeBootstrap({ client }: AwsAccess): Promise<MachineFacts['bootstrap']> {
  try {
    const { Parameter } = await new SSM(client).getParameter({ Name: BOOTSTRAP_PARAMETER })
    return { version: Number(Parameter!.Value) }
  } catch (error) {
    if ((error as Error).name === 'ParameterNotFound') return {}
    if (isDenial(error)) return { denied: true }
    throw error
  }
}

/** How many invocations may run at once, and which of the kit's runtimes are offered. */
export async function probeLambda({ client }: AwsAccess): Promise<LambdaFacts> {
  const lambda = new Lambda(client)
  const [{ AccountLimit }, ...known] = await Promise.all([lambda.getAccountSettings({}), ...RUNTIMES.map((runtime) => isOffered(lambda, runtime))])
  const runtimes = Object.fromEntries(RUNTIMES.flatMap((runtime, i) => known[i] === undefined ? [] : [[runtime, known[i]]]))
  return { concurrent: AccountLimit?.ConcurrentExecutions, unreserved: AccountLimit?.UnreservedConcurrentExecutions, runtimes }
}

/**
 * Nothing lists the runtimes, but a list of layers for one that does not exist is refused by its name.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_ListLayers.html
 */
async function isOffered(lambda: Lambda, runtime: typeof RUNTIMES[number]) {
  try {
    await lambda.listLayers({ CompatibleRuntime: runtime, MaxItems: 1 })
    return true
  } catch (error) {
    return (error as Error).message.includes(`'${runtime}' at 'compatibleRuntime' failed to satisfy constraint`) ? false : undefined
  }
}

/** A handshake with a stage that is not there, at whichever WebSocket API the account has. Rejects where it has none. */
export async function probeWebSocket({ client, closedStage }: AwsAccess): Promise<WebSocketFacts> {
  const { Items = [] } = await new ApiGatewayV2(client).getApis({ MaxResults: '100' })
  const endpoint = Items.find(({ ProtocolType }) => ProtocolType === 'WEBSOCKET')?.ApiEndpoint
  if (!endpoint) throw new Error('there is no WebSocket API yet to knock at; run doctor again after your first deploy')
  return handshake(closedStage(endpoint), { expected: 403 })
}

export const isDenial = (error: unknown) => /AccessDenied|UnauthorizedOperation|NotAuthorized/.test((error as Error).name)
