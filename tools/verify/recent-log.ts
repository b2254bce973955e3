import type { FunctionName } from '../mistakes/evidence.ts'
import type { Context } from './check.ts'

/** What a function has logged since `from` (milliseconds since the epoch); on AWS the last seconds may still be on their way (D3.7). */
export async function recentLog({ aws, chat }: Context, about: FunctionName, from: number): Promise<string> {
  const name = (await chat.function(about))?.name
  try {
    const { events = [] } = await aws.logs.filterLogEvents({ logGroupName: `/aws/lambda/${name}`, startTime: from - 1_000 })
    return events.map(({ message = '' }) => message.endsWith('\n') ? message : `${message}\n`).join('').slice(-4_096)
  } catch {
    return '' // no log group yet, or nobody lets us read it: what was seen stands without it
  }
}
