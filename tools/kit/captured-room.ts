import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { root } from '../lib/paths.ts'
import { lanAddress } from '../local-aws/door/testing.ts'
import { until } from '../local-aws/api-gateway/gateway-testing.ts'
import { wscatBinary } from './wscat.ts'

const PATIENCE_MS = 60_000

/**
 * Plays a shared room in processes of their own, and answers what all of them were told and printed, as the site shows it in
 * `docs/reports/shared-room.txt`: a facilitator shares it, Ada and Bob join by wscat, Cleo by `npm run chat`; the facilitator's process is
 * killed, and the room comes back.
 */
export async function captureRoom(): Promise<string> {
  const home = mkdtempSync(path.join(tmpdir(), 'workshop-captured-'))
  const stage = openStage(home)
  try {
    await play(stage, await lanAddress())
    return stage.transcript()
  } finally {
    await stage.end()
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function play({ enter, together }: Stage, host: string) {
  const facilitator = enter('facilitator')
  const share = (...words: string[]) => facilitator.starts(['npm', 'run', 'share', ...words], ['tools/kit/run.mjs', 'share', ...words])
  share(`host=${host}`)
  const url = await facilitator.reads(/npx wscat -c (ws:\S+)[\s\S]*Ctrl-C closes the room/)
  const [ada, bob, cleo] = [enter('ada'), enter('bob'), enter('cleo')]
  const wscat = ['npx', 'wscat', '-c', url]
  for (const [person, count] of [[ada, 1], [bob, 2]] as const) {
    person.starts(wscat, [wscatBinary, '-c', url])
    await facilitator.reads(new RegExp(`\\(${count} in the room\\)`))
  }
  cleo.starts(['npm', 'run', 'chat', 'shared', 'name=Cleo'], ['tools/kit/run.mjs', 'chat', 'shared', 'name=Cleo'])
  await cleo.reads(/help: \/help/)
  await facilitator.reads(/\(3 in the room\)/)

  ada.types('{"action": "sendMessage", "data": "hello, I am Ada"}')
  await together([ada, bob, cleo], /hello, I am Ada/)
  cleo.types('hi Ada, and no JSON from me')
  await together([ada, bob, cleo], /Cleo: hi Ada/)
  cleo.types('{“action”: “sendMessage”, “data”: “pasted out of a messenger”}')
  await together([ada, bob, cleo], /pasted out of a messenger\n/)

  await facilitator.isKilled()
  await Promise.all([ada.leaves(), bob.leaves(), cleo.reads(/Nobody listens there/)])
  cleo.types('is anybody here?')
  await cleo.reads(/Kept until/)

  share()
  await facilitator.reads(/Ctrl-C closes the room/, { only: /room is open|npx wscat/ })
  await cleo.reads(/Connected again[\s\S]*› Cleo: is anybody here\?/)
  await facilitator.reads(/\(1 in the room\)/, { only: /joined/ })
  ada.starts(wscat, [wscatBinary, '-c', url])
  await facilitator.reads(/\(2 in the room\)/)
  ada.types('{"action": "sendMessage", "data": "back again"}')
  await together([ada, cleo], /back again/)

  facilitator.interrupts()
  await Promise.all([ada.leaves(), cleo.reads(/is going away/)])
  await facilitator.leaves()
  await cleo.isDone()
}

/** The same room on another machine, which may have no more of loopback than one address. */
export const comparable = (text: string) => text.replaceAll(/(host=|ws:\/\/|at )127\.0\.0\.\d/g, '$1HOST').trim()

type Stage = ReturnType<typeof openStage>
type Person = ReturnType<Stage['enter']>

function openStage(home: string) {
  const lines: string[] = []
  const people: Person[] = []

  function enter(name: string) {
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

    const person = {
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
        const fresh = () => pattern.exec(printed().slice(told))
        await until(() => fresh() !== null, `${name} reads ${pattern}, but:\n${printed()}`, PATIENCE_MS)
        const match = fresh()!
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
        child!.kill()
        await ended
      },
    }
    people.push(person)
    return person
  }

  return {
    enter,
    /** Everybody reads it; the transcript tells them one after the other. */
    async together(readers: Person[], pattern: RegExp) {
      for (const reader of readers) await reader.reads(pattern)
    },
    transcript: () => `${lines.filter((line, index) => !/Nobody listens/.test(line) || index === lines.indexOf(line)).join('\n')}\n`,
    end: () => Promise.all(people.map((person) => person.isDone())),
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
