import type { ChosenCloud } from '../lib/cloud.ts'
import { KitError } from '../lib/kit-error.ts'
import { note, printFailure } from '../lib/output.ts'
import { inPlainWords } from './aws/failure.ts'
import { troubleIn } from './aws/trouble.ts'
import { participantsDeployer } from './deploying.ts'

const SIGN_IN = ['expired', 'no-credentials', 'not-accepted']

export type Desk = Awaited<ReturnType<typeof openDesk>>

/**
 * The cloud and the deployer of a session that lasts for hours. When credentials stop working in between, the trouble is told with the command
 * that renews them, and the next piece of work begins with a new look at them: nobody has to start again.
 */
export async function openDesk(first: ChosenCloud, connect: () => Promise<ChosenCloud>) {
  const at = (cloud: ChosenCloud) => ({ cloud, deployer: participantsDeployer(cloud) })
  let parts = at(first)
  let needsSignIn = false

  return {
    /** What to work with now. Throws KitError while nobody has signed in again. */
    async ready() {
      if (!needsSignIn) return parts
      const cloud = await connect()
      parts.deployer.close()
      parts = at(cloud)
      needsSignIn = false
      return parts
    },
    /** Prints what went wrong, and then what to do, where that is known. */
    async tell(error: unknown, next?: string) {
      const trouble = troubleIn(error)
      if (trouble && SIGN_IN.includes(trouble.kind)) needsSignIn = first.name === 'aws'
      const plain = await inPlainWords(error)
      printFailure(plain)
      if (next && plain instanceof KitError) note(next)
    },
    close: () => parts.deployer.close(),
  }
}
