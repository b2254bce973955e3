import { rm } from 'node:fs/promises'
import { inWorkshop } from '../lib/paths.ts'
import { readJsonFile, writeJsonFile } from '../lib/settings.ts'

/** The room that this machine shared last, so that it comes back under the same URL; `.workshop/room/room.json`. */
export type RoomRecord =
  | { cloud: 'local', url: string, host: string, port: number, passcode: string }
  | { cloud: 'aws', url: string, account: string, region: string }

/** Where a room lives that is shared from this machine; its local AWS keeps its state in `local/`. */
export const roomFolder = () => inWorkshop('room')

const file = (home: string) => `${home}/room.json`

/** Throws KitError where the file is no JSON. */
export const readRoom = (home = roomFolder()): RoomRecord | undefined => readJsonFile<RoomRecord>(file(home))

export const writeRoom = (record: RoomRecord, home = roomFolder()) => writeJsonFile(file(home), record)

export const forgetRoom = (home = roomFolder()) => rm(file(home), { force: true })
