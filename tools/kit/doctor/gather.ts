import type { MachineFacts, Subject } from '../../mistakes/index.ts'
import type { Credentials } from './aws-access.ts'
import { probeGit } from './git.ts'
import { probeDisk, probeFolder, probeNode, probeProxy, probeTerminal, withoutUser } from './machine-probes.ts'
import { probeNpm } from './npm.ts'
import { probePackages } from './packages.ts'
import type { Place } from './place.ts'
import { probePort } from './port.ts'
import { probeState } from './state.ts'

const LIMIT_MS = 3_000
const AWS_LIMIT_MS = 12_000

/**
 * Looks at everything, each for a limited time; what fails is noted and stops nothing. Off loopback it asks only on aws, and the shared URL where there is one.
 *
 * @param credentials instead of the standard chain, for tests
 */
export async function gather(place: Place, { credentials }: { credentials?: Credentials } = {}): Promise<MachineFacts> {
  const { settings: { cloud = 'local', profile, region, suffix }, environment, event } = place
  const endpointVariable = environment.AWS_ENDPOINT_URL
  const facts: MachineFacts = {
    chosen: { cloud, ...profile && { profile }, ...region && { region }, ...suffix && { suffix }, ...endpointVariable && { endpointVariable: withoutUser(endpointVariable) }, event },
  }
  const { note, known } = recorder(facts)
  await Promise.all([
    note('node', probeNode(place)),
    note('npm', probeNpm(place), cloud === 'aws' ? AWS_LIMIT_MS : LIMIT_MS),
    note('packages', probePackages(place)),
    note('disk', probeDisk(place)),
    note('folder', probeFolder(place)),
    note('git', probeGit(place)),
    note('terminal', probeTerminal()),
    note('port', probePort(place)),
    note('state', probeState(place)),
    note('proxy', probeProxy(place)),
    event.sharedUrl && note('sharedUrl', knock(event.sharedUrl), AWS_LIMIT_MS),
    cloud === 'aws' && lookAtAws(),
  ])
  return known()

  async function lookAtAws() {
    // Loaded only here: on the local AWS doctor needs no SDK, and is quicker without.
    const [{ awsAccess, probeRegion }, account, { probeNetwork }, { probePermissions }] =
      await Promise.all([import('./aws-access.ts'), import('./account.ts'), import('./network.ts'), import('./permissions.ts')])
    await note('region', probeRegion(place))
    if (!facts.region?.chosen) return

    const access = awsAccess(place, facts.region.chosen, credentials)
    await Promise.all([
      note('endpoints', probeNetwork(access).then(({ endpoints, clock }) => {
        facts.clock = clock
        return endpoints
      }), AWS_LIMIT_MS),
      note('credentials', account.probeCredentials(access, place), AWS_LIMIT_MS),
    ])
    if (facts.credentials?.status !== 'ok') return

    await Promise.all([
      note('bootstrap', account.probeBootstrap(access), AWS_LIMIT_MS),
      note('lambda', account.probeLambda(access), AWS_LIMIT_MS),
      note('permissions', probePermissions(access, facts.credentials, suffix), AWS_LIMIT_MS),
      note('webSocket', account.probeWebSocket(access), AWS_LIMIT_MS),
    ])
  }
}

const knock = async (url: string) => {
  const { handshake } = await import('./web-socket.ts')
  return handshake(url, { expected: 101 })
}

/** Writes what a probe answers into `facts`, or the reason why it did not. */
function recorder(facts: MachineFacts) {
  const notKnown: Record<string, string> = {}
  return {
    async note<S extends Subject>(subject: S, answer: MachineFacts[S] | Promise<MachineFacts[S]>, limitMs = LIMIT_MS) {
      try {
        facts[subject] = await within(limitMs, answer)
      } catch (error) {
        notKnown[subject] = reasonOf(error)
      }
    },
    known: (): MachineFacts => Object.keys(notKnown).length > 0 ? { ...facts, notKnown } : facts,
  }
}

async function within<T>(limitMs: number, work: T | Promise<T>): Promise<T> {
  let patience: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    patience = setTimeout(() => reject(new Error(`no answer within ${limitMs / 1000} s`)), limitMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(patience)
  }
}

const reasonOf = (error: unknown) => {
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  return name === 'Error' ? message : `${name}: ${message}`
}
