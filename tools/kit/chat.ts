import { KitError } from '../lib/kit-error.ts'
import { isWebSocketUrl, readEventFacts } from '../lib/event-facts.ts'
import type { ChosenCloud } from '../lib/cloud.ts'
import { chat } from '../room/chat.ts'
import { readRoom } from '../room/record.ts'
import { openAws } from '../verify/aws.ts'
import { findChat } from '../verify/find.ts'
import { parsed } from './arguments.ts'
import type { Command } from './command.ts'
import { withCloud } from './with-cloud.ts'
import { chatUrl } from './wscat.ts'

const usage = 'npm run chat | npm run chat shared | npm run chat URL'

export const command: Command = {
  summary: 'Chats, friendlier than wscat: plain words, the time, history, and it comes back when the connection is lost.',
  usage,
  details: [
    '(nothing)   your own chat', "shared      everybody's room, as the facilitator shares it", 'URL         any other, ws:// or wss://',
    'name=Ada    what you say begins with "Ada: "; after step 7 your own chat keeps the name itself, and takes /who and /bye',
    'The plain way, as the lesson has it: npm run wscat',
  ],
  example: 'npm run chat shared name=Ada',
  async run(args) {
    const { values: { name }, positionals: [where] } = parsed(args, { name: { type: 'string' } }, usage, { words: 1 })
    if (where === undefined) return withCloud(async (cloud) => chat({ url: await chatUrl(cloud), whose: 'own', name, keepsNames: await keepsNames(cloud) }))
    return chat({ url: where === 'shared' ? sharedUrl() : urlFrom(where), whose: 'shared', name })
  },
}

/** Whether the chat takes plain text itself, by a function of its own on `$default`, as after step 7. */
export async function keepsNames(cloud: ChosenCloud): Promise<boolean> {
  const aws = openAws(cloud)
  try {
    const found = findChat({ aws, cloud })
    const [routes, own] = [await found.routes(), await found.function('understandPlainText')]
    const leadsTo = (key: string) => routes.find((route) => route.key === key)?.functionName
    return own !== undefined && leadsTo('$default') === own.name && leadsTo('sendMessage') !== own.name
  } finally {
    aws.close()
  }
}

/** The room of this event, else the one that this machine shares. */
function sharedUrl(): string {
  const url = readEventFacts().sharedUrl ?? readRoom()?.url
  if (url) return url
  throw new KitError({ what: 'Nobody has shared a room with this kit yet.', where: 'package.json, key "workshop", "sharedUrl"; or WORKSHOP_SHARED_URL', next: 'Ask the facilitator for the URL, then: npm run chat URL' })
}

function urlFrom(text: string) {
  if (isWebSocketUrl(text)) return text
  throw new KitError({ what: `"${text}" is no URL that begins with ws:// or wss://.`, next: usage })
}
