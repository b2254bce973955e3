import type { ChosenCloud } from '../lib/cloud.ts'
import { KitError } from '../lib/kit-error.ts'
import type { Aws } from '../verify/aws.ts'
import { lookElsewhere } from '../verify/elsewhere.ts'
import type { Chat } from '../verify/find.ts'

/** That `what` is not there, and where a chat is instead, if there is one in another region or under another suffix. */
export async function notDeployed(what: string, parts: { aws: Aws, cloud: ChosenCloud, chat: Chat }): Promise<KitError> {
  const { name, region, suffix } = parts.cloud
  return new KitError({
    what: [`${what} is not deployed.`, ...await lookElsewhere(parts)].join(' '),
    where: [name, `region ${region}`, ...suffix ? [`suffix ${suffix}`] : []].join(', '),
    next: 'npm run deploy',
  })
}
