import type { EventFacts } from '../../tools/lib/event-facts.ts'
import { block, code } from './markdown.ts'
import type { Generated } from './pages.ts'

/** Pieces of pages that tell what the facilitator decided for this event; what is not decided is not spoken of. */
export const eventPieces = (facts: EventFacts): Generated[] => [
  { path: '_event/join.md', text: `${joinLines(facts)}\n` },
  { path: '_event/facts.md', text: `${factsLine(facts)}\n` },
]

/** Both ways into everybody's room. */
function joinLines({ sharedUrl }: EventFacts) {
  const url = sharedUrl ? new URL(sharedUrl).href : 'THE_URL_ON_THE_BOARD'
  return block(`npx wscat -c ${url}\nnpm run chat ${sharedUrl ? 'shared' : url}`, 'sh')
}

const USUAL_MINUTES = 120

function factsLine({ sharedUrl, account, region, minutes }: EventFacts) {
  const told = [
    ...account ? [`AWS account ${code(account)}`] : [],
    ...region ? [`region ${code(region)}`] : [],
    ...minutes === USUAL_MINUTES ? [] : [`${minutes} minutes`],
    ...sharedUrl ? [`[the shared room](/steps/chat) at ${code(new URL(sharedUrl).href)}`] : [],
  ]
  return told.length > 0 ? `**This event:** ${told.join(', ')}.` : ''
}
