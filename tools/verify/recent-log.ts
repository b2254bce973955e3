import type { FunctionName } from '../mistakes/evidence.ts'
import type { Context } from './check.ts'

/** What a function has logged since `from` (milliseconds since the epoch). On AWS a line can be read some seconds after it was written (D3.7). */
export async function recentLog({ aws, chat, patience }: Context, about: FunctionName, from: number): Promise<string> {
  const name = (await chat.function(about))?.name
  try {
    const events = await patience.until('CloudWatch shows a line of the log up to ten seconds late', 12, async () => {
      const { events: found = [] } = await aws.logs.filterLogEvents({ logGroupName: `/aws/lambda/${name}`, startTime: from - 1_000 })
      return found.length > 0 ? found : undefined
    }) ?? []
    return events.map(({ message = '' }) => message.endsWith('\n') ? message : `${message}\n`).join('').slice(-4_096)
  } catch {
    return '' // no log group yet, or nobody lets us read it: what was seen stands without it
  }
}
