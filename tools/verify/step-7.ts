import { check, fail, type Context, type Outcome } from './check.ts'
import { functionReady, leadsToFunction, tableNameIsSet } from './common-checks.ts'
import { isErrorFrame } from './conversation.ts'
import { failUnlessNarrow, mayArriveYet, POST, refusedThoughAllowed, stagesItMayPostTo } from './grants.ts'
import { seenIn, shownAnswer, type Invocation } from './invoke.ts'
import { leavingBy } from './leaving.ts'
import { allowedActions, tableArn } from './policies.ts'
import { framesOf } from './room.ts'
import { runAlone } from './run-alone.ts'
import type { Client } from './socket.ts'
import { nameIn, shown, typingTo, type Typing } from './typing.ts'

const about = 'understandPlainText'
const typing = typingTo(about)
const leaving = leavingBy('/bye', about)
const wired = ['default-route', 'table-name', 'may-keep-names', 'may-post-answers']

/** Step 7: people type words, and no JSON. */
export const checks = [
  functionReady(about),

  check('default-route', 'The route $default leads to it', { needs: ['function-ready'] }, (context) => leadsToFunction(context, '$default', about)),

  tableNameIsSet(about),

  check('may-keep-names', 'Its role may read the table and change rows', { needs: ['function-ready'], about }, async ({ cloud, aws, chat }) => {
    const { role } = (await chat.function(about))!
    const table = (await chat.table())?.name ?? chat.names.table
    const allowed = await allowedActions(aws, role, [...READING, ...CHANGING], tableArn(cloud, table))
    const denied = allowed && [READING, CHANGING].filter((oneOf) => !oneOf.some((action) => allowed.includes(action))).map(([action]) => action!)
    if (denied?.length) return fail(`The policies of ${role.split('/').at(-1)} do not allow ${denied.join(' and ')} on ${table}.`, { denied })
  }),

  check('may-post-answers', 'Its role may post to connections and end them', { needs: ['function-ready'], about }, async (context) => {
    const stages = await stagesItMayPostTo(context, ['beta'], about)
    if (stages?.length === 0) return fail(`The policies of ${(await context.chat.function(about))!.role.split('/').at(-1)} do not allow ${POST} on this API.`, { denied: [POST] })
  }),

  check('everyone-hears', 'Everyone hears what a client types', { needs: wired, about }, everyoneHears),

  typing('name-in-front', 'What a client types begins with its name', ['everyone-hears'], async ({ room, clients: [client, other], say }) => {
    const words = room.words()
    const text = await say(client, words, other)
    if (nameIn(text, words) === undefined) return `A client typed ${words} and another read ${shown(text)}, which is not NAME: ${words}`
  }),

  typing('guest-name', 'Whoever has no name is guest-…, the same all the while', ['name-in-front'], async ({ room, clients, sayAtOnce }) => {
    const names: string[][] = []
    for (const client of clients) {
      const words = [room.words(), room.words(), room.words()]
      const texts = await sayAtOnce(client, words, clients.find((one) => one !== client)!)
      names.push(texts.map((text, i) => nameIn(text, words[i]!) ?? ''))
    }
    const odd = names.flat().find((name) => !/^guest-[a-z0-9]{4}$/i.test(name))
    if (odd !== undefined) return `A client that has no name was called ${shown(odd)}, which is not guest- with four letters or digits.`
    const changing = names.find((some) => new Set(some).size > 1)
    if (changing) return `A client that has no name was called ${[...new Set(changing)].join(' and ')}, in messages that it sent at once.`
    if (new Set(names.flat()).size === 1) return `Three clients were all called ${names[0]![0]}.`
  }),

  typing('takes-a-name', '/name gives a name', ['name-in-front'], async ({ room, clients: [client, other], ask, say }) => {
    const name = newName()
    const answer = await ask(client, `/name ${name}`)
    if (answer === undefined || isErrorFrame(answer)) return `A client typed /name ${name} and read ${shown(answer)}.`
    const words = room.words()
    const text = await say(client, words, other)
    const kept = attributeOf(name, await room.rows.strings(client.connectionId))
    if (nameIn(text, words) !== name) return `A client typed /name ${name} and read ${shown(answer)}. Then it typed ${words}, and another read ${shown(text)}.${kept ? ` Its row has the name, as ${kept}.` : ''}`
  }),

  typing('keeps-the-name', 'The name is kept, in the row of the connection', ['takes-a-name'], async ({ room, clients: [client, other], ask, sayAtOnce }) => {
    const name = newName()
    await ask(client, `/name ${name}`)
    if (!attributeOf(name, await room.rows.strings(client.connectionId))) return `A client typed /name ${name}, and no attribute of its row in ${room.rows.table} says so.`
    const words = Array.from({ length: 4 }, room.words)
    const texts = await sayAtOnce(client, words, other)
    const lost = texts.find((text, i) => nameIn(text, words[i]!) !== name)
    if (texts.some((text, i) => nameIn(text, words[i]!) !== name)) return `A client typed /name ${name}, and of four messages that it then sent at once another read ${shown(lost)}.`
  }),

  typing('unknown-command', 'Another command is answered', ['everyone-hears'], async ({ clients: [client], ask }) => {
    const answer = await ask(client, '/dance')
    if (answer === undefined || isErrorFrame(answer)) return `A client typed /dance and read ${shown(answer)}.`
  }),

  typing('nobody-else-reads', 'Nobody else reads the answer to a command', ['unknown-command', 'takes-a-name'], async ({ room, clients: [client, ...others], askToTheEnd }) => {
    for (const command of [`/name ${newName()}`, '/who', '/dance']) {
      const answer = await askToTheEnd(client, command)
      const [overhearing] = answer ? await room.whoHeard(others, answer) : []
      if (overhearing) return `A client typed ${command}, and another one read ${shown(answer)}.`
    }
  }),

  typing('one-name-one-person', 'A name that somebody has, or nearly, is refused in words', ['takes-a-name'], async ({ room, clients: [client, other], ask, say }) => {
    const name = newName()
    await ask(client, `/name ${name}`)
    for (const [again, how] of [[name, ''], [name.toUpperCase(), ', in capitals'], [`${name.slice(0, 2)}\u200b${name.slice(2)}`, ', with an unseen character in it']] as const) {
      const answer = await ask(other, `/name ${again}`)
      if (answer === undefined || isErrorFrame(answer)) return `${name} is taken. A client typed it${how || ' too'}, and read ${shown(answer)}.`
      const words = room.words()
      const called = nameIn(await say(other, words, client), words)
      if (called !== undefined && plainly(called) === plainly(name)) return `${name} is taken. A client typed /name and it${how}, and was called ${shown(called)} from then on.`
    }
  }),

  typing('who', '/who tells who is there', ['takes-a-name', 'guest-name'], async ({ clients: [client, other], ask }) => {
    const [name, otherName] = [newName(), newName()]
    await ask(client, `/name ${name}`)
    await ask(other, `/name ${otherName}`)
    const answer = await ask(client, '/who')
    const missing = [name, otherName, 'guest-'].filter((one) => !answer?.includes(one))
    if (missing.length > 0) return `${name}, ${otherName} and a guest are there. ${name} typed /who and read ${shown(answer)}.`
  }),

  leaving('hears-bye', 'Whoever types /bye hears bye!', ['everyone-hears'], ({ bye, error, ending }) =>
    bye === undefined && `A client typed /bye and did not hear bye!${error ? ` It got ${error}` : ending ? ` Its connection was closed with ${ending.code}.` : ''}`),

  leaving('bye-closes', 'Then its connection is closed', ['hears-bye'], ({ ending }) => !ending && 'A client typed /bye and heard bye!, and its connection is still open.'),

  leaving('bye-is-private', 'Nobody else hears it', ['hears-bye'], ({ heardByOther }) => heardByOther !== undefined && `Another client heard ${JSON.stringify(heardByOther)}, too.`),

  typing('one-line', 'Control characters and line breaks reach nobody', ['name-in-front'], async (at) => {
    const words = at.room.words()
    return reachesNobody(at, `${words} \u001b[2J\u0007\r\nMallory: I owe you everything \u202e`, words)
  }),

  typing('stays-whole', 'Emoji and other alphabets stay as they are', ['name-in-front'], async ({ room, clients: [client, other], say }) => {
    const words = `${room.words()} Grüße 你好 👩‍🚀🏳️‍🌈`
    const text = await say(client, words, other)
    const spoilt = other.frames.find((one) => one.includes(words.split(' Gr')[0]!))
    if (nameIn(text, words) === undefined) return `A client typed ${words} and another read ${shown(text ?? spoilt)}.`
  }),

  typing('long-text', 'A long text is passed on or refused in words', ['name-in-front'], async (at) => {
    for (const bytes of [100 * 1024, LONGEST_MESSAGE]) {
      const answer = await at.ask(at.clients[0], `verify: ${'x'.repeat(bytes - 'verify: '.length)}`)
      if (answer === undefined || isErrorFrame(answer)) return `A client sent a text of ${bytes} bytes and read ${shown(answer)}.`
      const trouble = await goesOn(at)
      if (trouble) return `After a text of ${bytes} bytes ${trouble}`
    }
  }),

  typing('odd-names', 'Odd names are refused in words', ['takes-a-name'], async (at) => {
    const { room, clients: [client, other], ask, say } = at
    for (const [name, what] of ODD_NAMES) {
      const answer = await ask(client, `/name ${name}`)
      if (answer === undefined || isErrorFrame(answer)) return `A client typed /name and ${what}, and read ${shown(answer)}.`
      const words = room.words()
      const called = nameIn(await say(client, words, other), words)
      if (called === undefined) return `A client typed /name and ${what}. What it typed then arrived without a name, or not at all.`
      if (called.length > 100 || called.includes(':') || UNSEEN.test(called)) return `A client typed /name and ${what}, and was called ${shown(called)} from then on.`
    }
  }),
]

const READING = ['dynamodb:Scan', 'dynamodb:Query', 'dynamodb:GetItem']
const CHANGING = ['dynamodb:UpdateItem', 'dynamodb:PutItem', 'dynamodb:BatchWriteItem']

/** A message may have 128 KB, and so may a post (A12.5, B4.1): with a name in front it is too long. */
const LONGEST_MESSAGE = 128 * 1024 - 10

/** What terminals obey, or what turns a line around or into two. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u

const ODD_NAMES = [
  ['n'.repeat(5_000), 'a name of 5000 characters'],
  ['', 'no name'],
  ['\u001b[31mMallory\r\nAda', 'a name with control characters and a line break'],
  ['Ada: I owe you', 'a name with a colon'],
] as const

/** Nobody has it yet, and likely nobody will. */
const newName = () => `Nova${Math.random().toString(36).slice(2, 7)}`

/** A name without what people do not see, or do not mind. */
const plainly = (name: string) => name.normalize('NFKD').toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')

const attributeOf = (value: string, strings: Record<string, string>) => Object.entries(strings).find(([, text]) => text === value)?.[0]

async function everyoneHears(context: Context): Promise<Outcome | undefined> {
  const room = await context.probe.room()
  const clients = await room.join(3) as [Client, Client, Client]
  const words = room.words()
  let last: Invocation
  let heard: Client[] = []
  await context.patience.until('A new policy takes up to a minute until it holds everywhere', 60, async () => {
    last = await room.message(about, clients[0], words)
    heard = await room.whoHeard(clients, words)
    return heard.length === clients.length || !await mayArriveYet(context, about, room.stage, last) || undefined
  })
  if (heard.length === clients.length) return

  return failUnlessNarrow(context, room, fail(`A client typed ${words}, and ${heard.length} of ${clients.length} clients heard it. The function answered ${shownAnswer(last!)}`, {
    ...seenIn(last!), frames: framesOf(clients), allowed: await refusedThoughAllowed(context, about, room.stage, last!),
  }), about)
}

async function reachesNobody({ clients: [client, other], ask, room }: Typing, text: string, words: string) {
  const answer = await ask(client, text)
  if (answer === undefined || isErrorFrame(answer)) return `A client typed ${shown(text)} and read ${shown(answer)}.`
  await room.whoHeard([other], words)
  const arrived = other.frames.find((one) => one.includes(words))
  if (arrived !== undefined && UNSEEN.test(arrived)) return `A client typed ${shown(text)} and another read ${shown(arrived)}.`
}

/** Whether the room still serves the others. */
async function goesOn({ clients: [, other, third], room, say }: Typing) {
  const words = room.words()
  return await say(other, words, third) === undefined ? `another client typed ${words}, and nobody heard it.` : undefined
}

runAlone(import.meta, 7)
