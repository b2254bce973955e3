import process from 'node:process'
import { duration, painted } from '../lib/output.ts'
import { connectChat, type ChatConnection, type ConnectionEvents, type ConnectionOptions } from './connection.ts'
import { createEchoes } from './echoes.ts'
import { shownText } from './shown.ts'
import { openTerminal, type Streams, type Terminal } from './terminal.ts'
import { chatFrame, readTyped, saidIn, type CommandName } from './typed.ts'
import { errorFrameInWords, type Whose } from './words-for.ts'

/** A message that has not come back by then is talked about. */
const ECHO_MS = 5_000
/** How long what is no echo, an error frame for one, is waited for once a piped input has ended. */
const LINGER_MS = 1_000
/** Frames typed while there is no connection. */
const MAX_KEPT = 20
const MAX_NAME = 24
const INDENT = ' '.repeat('12:34:56 › '.length)

const helpFor = (keepsNames: boolean) => [
  `Everyone hears what you type. It goes out as ${keepsNames ? 'it is' : '{"action":"sendMessage","data":"…"}'}. Arrow keys bring back what you typed.`,
  ...keepsNames ? ['/who        the chat says who is there           /bye        the chat says goodbye'] : [],
  '/name Ada   what you say begins with "Ada: "      /raw TEXT   sends a text as it is, such as JSON of your own',
  '/url        the same chat by wscat                /quit       leaves, as Ctrl-C does',
  '//text      says a text that begins with a slash; several pasted lines are one message',
]

export type ChatOptions = {
  url: string
  whose: Whose
  name?: string
  /** the chat itself takes plain text and knows /name, /who and /bye, as after step 7: so they are passed on */
  keepsNames?: boolean
  streams?: Streams
  isTerminal?: boolean
  echoMs?: number
  connection?: Pick<ConnectionOptions, 'waitsMs' | 'silenceMs' | 'now'>
}

/** Lets a person chat until they leave, or the chat says goodbye. Throws KitError where it does not let them in. */
export async function chat({
  url, whose, name = '', keepsNames = false, streams = { input: process.stdin, output: process.stdout, errors: process.stderr }, isTerminal = Boolean(streams.input.isTTY),
  echoMs = ECHO_MS, connection: tuning,
}: ChatOptions): Promise<void> {
  let me = name.slice(0, MAX_NAME)
  let leave!: () => void
  const left = new Promise<void>((resolve) => { leave = resolve })
  const kept: { frame: string, echo?: string }[] = []
  const isEcho = keepsNames ? (text: string, said: string) => text === said || text.endsWith(`: ${said}`) : undefined
  const echoes = createEchoes({ ms: echoMs, isEcho, late: (text) => remark(`Not heard back yet: ${quoted(text)}. Many may be talking; or no route took it, or its function failed.`) })
  const events: ConnectionEvents = {
    opened(again) {
      if (!again) return
      remark('Connected again.')
      terminal.prompt()
      introduce()
      for (const { frame, echo } of kept.splice(0)) send(frame, echo)
    },
    message: hear,
    lost(why, retryMs) {
      const unheard = echoes.forget()
      if (unheard.length > 0) remark(`Perhaps not sent: ${unheard.map(quoted).join(', ')}`)
      remark(`No connection: ${why}. Trying again in ${duration(retryMs)}${isTerminal ? ' (Enter: now)' : ''}.`)
      terminal.prompt('(no connection) > ')
    },
    ended() {
      remark('The chat said goodbye.')
      leave()
    },
  }

  const connection: ChatConnection = await connectChat({ url, whose, events, ...tuning })
  const terminal: Terminal = openTerminal(streams, { typed, left: inputEnded }, { isTerminal })
  remark(`Connected to ${url}`)
  remark(`The same by wscat: ${byWscat()}   help: /help`)
  terminal.prompt()
  introduce()
  await left
  terminal.close()
  echoes.forget()
  await connection.close()

  /** Who pipes a text in wants to see what comes of it; who presses Ctrl-C wants to leave. */
  function inputEnded() {
    if (isTerminal) leave()
    else void echoes.none().then(() => setTimeout(leave, LINGER_MS))
  }

  function hear(text: string) {
    const trouble = errorFrameInWords(text, whose)
    if (trouble === undefined) return terminal.print(`${painted('dim', time())} ${echoes.heard(text) ? painted('cyan', '›') : ' '} ${shownText(text, INDENT)}`)
    echoes.refused()
    terminal.print(`${painted('dim', time())} ${painted('yellow', '!')} ${shownText(trouble, INDENT)}\n${INDENT}${painted('dim', shownText(text, INDENT))}`)
  }

  function typed(text: string) {
    const meant = readTyped(text)
    switch (meant.kind) {
      case 'nothing': return connection.retryNow()
      case 'refused': return remark(meant.why)
      case 'command': return obey(meant.name, meant.argument)
      case 'raw':
        if (meant.note && !(keepsNames && meant.text.startsWith('/'))) remark(meant.note)
        terminal.print(`${painted('dim', time())} → ${shownText(meant.text, INDENT)}`)
        return send(meant.text, saidIn(meant.text))
      case 'say': {
        const line = meant.text.replaceAll(/\p{Cc}+/gu, ' ') // as the chat itself would
        if (keepsNames && !line.startsWith('/')) return send(line, line)
        const said = me ? `${me}: ${meant.text}` : meant.text
        return send(chatFrame(said), said)
      }
    }
  }

  /** @param echo what comes back when it was heard */
  function send(frame: string, echo?: string) {
    if (connection.send(frame)) {
      if (echo !== undefined) echoes.expect(echo)
    } else if (kept.length < MAX_KEPT) {
      kept.push({ frame, echo })
      remark(`Kept until there is a connection: ${quoted(echo ?? frame)}`)
    } else {
      remark(`Not kept, ${MAX_KEPT} messages wait already: ${quoted(echo ?? frame)}`)
    }
  }

  function obey(command: CommandName, argument: string) {
    if (command === 'quit') return leave()
    if (command === 'help') return helpFor(keepsNames).forEach(remark)
    if (command === 'url') return remark(byWscat())
    me = shownText(argument).replaceAll('\n', ' ').slice(0, MAX_NAME)
    if (keepsNames) return send(`/name ${me}`)
    remark(me ? `What you say begins with "${me}: " now.` : 'What you say has no name in front of it now.')
  }

  /** Each connection has to say its name anew. */
  function introduce() {
    if (keepsNames && me) send(`/name ${me}`)
  }

  function byWscat() {
    return `npx wscat -c ${url}${whose === 'own' ? '   or: npm run wscat' : ''}`
  }

  function remark(text: string) {
    terminal.remark(painted('dim', `· ${text}`))
  }
}

const time = () => new Date().toTimeString().slice(0, 8)

const quoted = (text: string) => `"${shownText(text.length > 60 ? `${text.slice(0, 60)}…` : text).replaceAll('\n', ' ')}"`
