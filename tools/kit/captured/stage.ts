import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import { root } from '../../lib/paths.ts'

const PATIENCE_MS = 60_000
const LOOK_EVERY_MS = 20

export type Stage = ReturnType<typeof openStage>
type Person = ReturnType<typeof openTerminal>

/** For what the site shows: several terminals, and a transcript of what was typed and printed in each of them. */
export function openStage(home: string) {
  const lines: string[] = []
  const people: Person[] = []

  return {
    enter(name: string): Person {
      const person = openTerminal(home, name, lines)
      people.push(person)
      return person
    },
    /** Everybody reads it; the transcript tells them one after the other. */
    async together(readers: Person[], pattern: RegExp) {
      for (const reader of readers) await reader.reads(pattern)
    },
    transcript: () => `${lines.filter((line, index) => !/Nobody listens/.test(line) || index === lines.indexOf(line)).join('\n')}\n`,
    end: () => Promise.all(people.map((person) => person.isDone())),
  }
}

/** One terminal, whose owner starts something in it, types and reads. */
function openTerminal(home: string, name: string, lines: string[]) {
  const file = path.join(home, `${name}.txt`)
  let child: ChildProcess | undefined
  let ended: Promise<unknown> = Promise.resolve()
  let told = 0
  const printed = () => stripVTControlCharacters(readFileSync(file, 'utf8'))
  const tell = (line: string) => lines.push(`${name.padEnd('facilitator'.length)}  ${line}`.trimEnd())

  /** What came since it was asked last goes into the transcript; all of it, unless only some has not been told before. */
  function flush(only = /./) {
    const text = printed()
    for (const line of shown(text.slice(told))) if (only.test(line)) tell(line)
    told = text.length
  }

  return {
    /** Output and remarks go into one file, as into one terminal, so that their order is kept. */
    starts(words: string[], args: string[]) {
      const output = openSync(file, 'a')
      tell(`$ ${words.map(settled).join(' ')}`)
      child = spawn(process.execPath, args, { cwd: root, env: environment(home), stdio: ['pipe', output, output] })
      ended = new Promise((resolve) => { child!.once('close', resolve) })
      closeSync(output)
    },
    types(line: string) {
      tell(`> ${line}`)
      child!.stdin!.write(`${line}\n`)
    },
    async reads(pattern: RegExp, { only }: { only?: RegExp } = {}): Promise<string> {
      const givesUpAt = Date.now() + PATIENCE_MS
      let match: RegExpExecArray | null
      while (!(match = pattern.exec(printed().slice(told)))) {
        if (Date.now() > givesUpAt) throw new Error(`${name} waited for ${pattern}, and this was printed:\n${printed()}`)
        await delay(LOOK_EVERY_MS)
      }
      flush(only)
      return match[1] ?? match[0]
    },
    /** Ctrl-C. */
    interrupts: () => child!.kill('SIGINT'),
    async isKilled() {
      child!.kill('SIGKILL')
      await ended
      flush()
      lines.push('', '(the process of the facilitator is killed: kill -9)', '')
    },
    async leaves() {
      await ended
      flush()
    },
    /** Their keyboard is gone. */
    async isDone() {
      child?.kill()
      await ended
    },
  }
}

function environment(home: string) {
  const { WORKSHOP_SHARED_URL: _, WORKSHOP_CLOUD: __, FORCE_COLOR: ___, ...env } = process.env
  return { ...env, WORKSHOP_HOME: home, NO_COLOR: '1' }
}

/** What a terminal shows of `text`, without what only pictures show, and what differs from machine to machine. */
const shown = (text: string) => text.split('\n').map((line) => settled(line.replace(/^> /, '').trimEnd()))
  .filter((line) => line !== '' && !/^ +[█▀▄ ]+$/.test(line) && !/This machine has other addresses|Not heard back yet/.test(line))

const settled = (line: string) => line
  .replaceAll(/(127\.0\.0\.\d+):\d+\/[a-z-]+/g, '$1:4567/copper-otter-lamp')
  .replaceAll(/at (127\.0\.0\.\d+):\d+/g, 'at $1:4567')
  .replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, 'http://127.0.0.1:40123')
  .replaceAll(/^\d\d:\d\d:\d\d/g, '10:00:00')
  .replaceAll(/(again in )[\d.]+ m?s/g, '$11 s')
