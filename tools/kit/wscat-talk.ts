import { spawn } from 'node:child_process'
import { KitError } from '../lib/kit-error.ts'
import { wscatBinary } from './wscat.ts'

const PATIENCE_MS = 10_000

/**
 * Lets two real wscat processes connect to `url`, types a chat message into the first, and answers the text that both of them printed.
 *
 * @param opened calls its listener for each client that got in: without a terminal wscat itself does not say so
 */
export async function talkThroughWscat(url: string, words: string, opened: (listener: () => void) => () => void): Promise<string> {
  let inside = 0
  const stopListening = opened(() => {
    inside++
    for (const person of people) person.look()
  })
  const people = [openWscat(url), openWscat(url)] as const
  try {
    await Promise.all(people.map((person) => person.until('both were connected', () => inside === 2)))
    people[0].type(JSON.stringify({ action: 'sendMessage', data: words }))
    await Promise.all(people.map((person) => person.until(`it printed "${words}"`, (printed) => printed.includes(words))))
    return words
  } finally {
    stopListening()
    await Promise.all(people.map((person) => person.leave()))
  }
}

function openWscat(url: string) {
  // Its input stays open: wscat leaves, saying nothing, as soon as its input ends.
  const child = spawn(process.execPath, [wscatBinary, '--no-color', '-c', url], { stdio: ['pipe', 'pipe', 'pipe'] })
  let printed = ''
  let look = () => {}
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => { printed += chunk; look() })
  child.on('close', () => look())

  return {
    type: (line: string) => child.stdin.write(`${line}\n`),
    look: () => look(),
    until: (what: string, isSo: (printed: string) => boolean) => new Promise<void>((resolve, reject) => {
      const giveUp = (why: string) => reject(new KitError({ what: `wscat ${why} before ${what}. It printed:\n${printed.trim() || '(nothing)'}`, where: url, next: `Try it by hand: npx wscat -c ${url}` }))
      const timer = setTimeout(() => giveUp(`waited ${PATIENCE_MS / 1000} s`), PATIENCE_MS)
      look = () => {
        if (isSo(printed)) resolve()
        else if (child.exitCode !== null) giveUp(`ended with code ${child.exitCode}`)
        else return
        clearTimeout(timer)
      }
      look()
    }),
    async leave() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = new Promise((resolve) => { child.once('close', resolve) })
      child.stdin.end()
      child.kill()
      await gone
    },
  }
}
