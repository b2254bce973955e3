import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openStage, type Stage } from './stage.ts'
import { wscatBinary } from '../wscat.ts'

/**
 * Plays a shared room in processes of their own, and answers what all of them were told and printed, as the site shows it in
 * `docs/reports/shared-room.txt`: a facilitator shares it, Ada and Bob join by wscat, Cleo by `npm run chat`; the facilitator's process is
 * killed, and the room comes back.
 *
 * @param host an address of this machine that stands for the LAN
 */
export async function captureRoom(host: string): Promise<string> {
  const home = mkdtempSync(path.join(tmpdir(), 'workshop-captured-'))
  const stage = openStage(home)
  try {
    await play(stage, host)
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
