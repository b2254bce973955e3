import { KitError } from '../../lib/kit-error.ts'
import { readSettings } from '../../lib/settings.ts'
import { troubleIn, type Trouble } from './trouble.ts'
import { signInOf, type SignIn } from './sign-in.ts'

const RESUME = 'then run the same command again: what CloudFormation has begun goes on by itself'
const POLICIES = 'Ask whoever looks after the account: docs/policies/ says what is needed and why'

/**
 * Whatever was thrown, in words a participant can act on: errors of the SDK, and failed deploys that were really about signing in, about AWS
 * being too busy, or about the network. What is a person's named mistake already, and what is nobody's (a bug of the kit), stays as it is.
 */
export async function inPlainWords(error: unknown): Promise<unknown> {
  const isNamed = error instanceof KitError
  // A failed deploy wraps what AWS said; its own words are better only where they are about the stack.
  if (isNamed && !/^DeployFailure$/.test(error.name) && !/security token included in the request is expired/.test(error.message)) return error
  const trouble = troubleIn(error)
  if (!trouble || (isNamed && ['other', 'denied'].includes(trouble.kind))) return error

  const { cloud, profile } = readSettings()
  return cloud === 'aws' ? awsFailure(trouble, await signInOf(profile), error) : localFailure(trouble, error)
}

/** The trouble as what, where and what next, for someone who works on AWS. */
export function awsFailure(trouble: Trouble, { at, how }: SignIn, cause?: unknown): KitError {
  const { what, where = at, next } = inWords(trouble, how)
  return new KitError({ what, where, next }, { cause })
}

function inWords({ kind, name, message, host }: Trouble, how: string): { what: string, where?: string, next: string } {
  switch (kind) {
    case 'expired': return { what: 'The AWS session has expired.', next: `${how}, ${RESUME}.` }
    case 'no-credentials': return { what: 'No AWS credentials were found.', next: `${how}. No account? npm run use local` }
    case 'not-accepted': return { what: `AWS does not accept the credentials: ${oneLine(message)}`, next: `${how}. A region that your account has not enabled answers the same.` }
    case 'clock': return { what: `The clock of this computer is off: ${oneLine(message)}`, where: 'the computer\'s date and time', next: 'Set date and time by the network, then run the same command again.' }
    case 'region': return { what: `AWS does not know or has not enabled the region: ${oneLine(message)}`, where: 'the region you chose', next: 'Choose another: npm run use aws region=us-east-1' }
    case 'denied': return { what: `AWS refused it: ${oneLine(message)}`, next: `${POLICIES}.` }
    case 'throttled': return { what: `AWS was asked too fast and kept saying so: ${name}, after several tries that each waited longer.`, where: 'the limits of the account, which all who use it share', next: 'Wait a minute, then run the same command again.' }
    case 'certificate': return { what: `The way to AWS is not trusted: ${oneLine(message)}`, where: 'a proxy or a virus scanner in between', next: 'Point NODE_EXTRA_CA_CERTS at its certificate, then open a new terminal.' }
    case 'network': return unreachable(message, host)
    case 'other': return { what: `AWS answered ${name}: ${oneLine(message)}`, next: 'Run it again. If it stays, run it with -- --verbose and show the output to the facilitator.' }
  }
}

function unreachable(message: string, host: string | undefined) {
  const region = /\.([a-z]{2}(?:-[a-z]+)+-\d+)\.amazonaws\.com$/.exec(host ?? '')?.[1]
  return region
    ? { what: `AWS could not be reached: there is no answer for ${host}.`, where: `the network, or the region ${region}`, next: 'Check the network (VPN, proxy) and whether that region exists: npm run use aws' }
    : { what: `AWS could not be reached: ${oneLine(message)}`, where: 'the network', next: 'Check the network (VPN, proxy), then run the same command again. No network? npm run use local' }
}

/** On this machine nobody signs in, and nothing is far away. */
function localFailure(trouble: Trouble, cause: unknown): unknown {
  const { kind, name, message } = trouble
  if (kind === 'network') return new KitError({ what: `The local AWS does not answer: ${oneLine(message)}`, where: 'this machine', next: 'Start it in another terminal: npm start' }, { cause })
  return new KitError({ what: `The local AWS answered ${name}: ${oneLine(message)}`, where: 'the local AWS', next: 'Run it again with -- --verbose and show the output to the facilitator.' }, { cause })
}

const oneLine = (text: string) => text.trim().replaceAll(/\s*\n\s*/g, ' ')
