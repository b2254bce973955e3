import { mkdir, readdir, readFile } from 'node:fs/promises'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { KitError } from '../lib/kit-error.ts'
import { diskFull } from './state-failure.ts'

/** Where a service's state belongs. Account-wide services (IAM) use the region `global`. */
export type Place = { account: string, region: string }

/** State of one service in one place, held in memory and written to disk as one JSON file. Holds JSON only: no Date, Map or Buffer. */
export type Document<T> = {
  readonly place: Place
  readonly data: T
  /** Says that `data` was changed; it is written soon, and before the next `flush()` resolves. */
  changed(): void
}

export type Store = {
  /** the folder of everything */
  readonly root: string
  /** The document of `service` in `place`; read from disk the first time, `initial()` where there is none. The same object each time. */
  document<T extends object>(service: string, place: Place, initial: () => T): Document<T>
  /** The places in which `service` has a document, on disk or in memory. */
  places(service: string): Promise<Place[]>
  /** A folder for large things (function packages, objects) of `service` in `place`. It exists. */
  folder(service: string, place: Place): Promise<string>
  /** Throws ENOSPC while a `disk-full` fault is set. Whoever writes files of its own asks first. */
  demandRoom(): void
  /** Resolves when every change so far is on disk. Rejects if it cannot be written; the change is kept for the next time. */
  flush(): Promise<void>
  /** Writes what is left to write; afterwards nothing is written any more, whoever still runs. */
  close(): Promise<void>
}

/** Some of what lies in the folders (DynamoDB's files) is written by code that leaves it open to all. */
const PRIVATE = 0o700

type Entry = { file: string, document: Document<object>, dirty: boolean, writing?: Promise<void> }

/** Each write replaces the whole file at once, so a kill at any moment leaves the old or the new state, never half of one. */
export function createStore(root: string, { isFull = () => false }: { isFull?: () => boolean } = {}): Store {
  let isClosed = false
  const entries = new Map<string, Entry>()
  const fileOf = (service: string, { account, region }: Place) => path.join(root, account, region, `${service}.json`)

  async function write(entry: Entry): Promise<void> {
    while (entry.dirty) {
      entry.dirty = false
      try {
        demandRoom()
        await mkdir(path.dirname(entry.file), { recursive: true, mode: PRIVATE })
        await writeFileAtomic(entry.file, JSON.stringify(entry.document.data), { fsync: false, mode: 0o600 })
      } catch (error) {
        entry.dirty = true
        throw error
      }
    }
  }
  function demandRoom() {
    if (isFull()) throw diskFull()
  }
  const startWriting = (entry: Entry) => entry.writing ??= write(entry).finally(() => { entry.writing = undefined })

  const store: Store = {
    root, demandRoom,

    document<T extends object>(service: string, place: Place, initial: () => T) {
      const file = fileOf(service, place)
      const known = entries.get(file)
      if (known) return known.document as Document<T>

      const data: T = existsSync(file) ? readDocument(file) : initial()
      withoutInherited(data)
      const entry: Entry = {
        file, dirty: false,
        document: {
          place, data,
          changed() {
            if (isClosed) return
            entry.dirty = true
            setImmediate(() => { startWriting(entry).catch(() => { /* the next flush() reports it */ }) })
          },
        },
      }
      entries.set(file, entry)
      return entry.document as Document<T>
    },

    async places(service) {
      const found = new Map<string, Place>()
      const add = (place: Place) => found.set(`${place.account}/${place.region}`, place)
      for (const { document, file } of entries.values()) if (path.basename(file) === `${service}.json`) add(document.place)
      for (const account of await namesIn(root))
        for (const region of await namesIn(path.join(root, account)))
          if (existsSync(fileOf(service, { account, region }))) add({ account, region })
      return [...found.values()]
    },

    async folder(service, { account, region }) {
      const folder = path.join(root, account, region, service)
      await mkdir(folder, { recursive: true, mode: PRIVATE })
      return folder
    },

    async flush() {
      if (isClosed) throw new Error('The local AWS has stopped.')
      for (;;) {
        const pending = [...entries.values()].filter(({ dirty, writing }) => dirty || writing)
        if (pending.length === 0) return
        await Promise.all(pending.map(startWriting))
      }
    },

    async close() {
      if (isClosed) return
      await store.flush()
      isClosed = true
    },
  }
  return store
}

/** No kill leaves half a document; a disk that lost power might, or somebody's editor. */
function readDocument(file: string) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new KitError({ what: `${file} cannot be read: ${(error as Error).message}.`, where: file, next: 'Mend it, or move it away: what it held is then gone, and everything else stays.' }, { cause: error })
  }
}

/** What stands in `data` under names that clients choose inherits nothing: `constructor` may be a function's name, `__proto__` too. */
function withoutInherited(data: object) {
  for (const group of Object.values(data)) if (typeof group === 'object' && group !== null && !Array.isArray(group)) Object.setPrototypeOf(group, null)
}

const namesIn = async (folder: string) => {
  try {
    return (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name)
  } catch {
    return []
  }
}

/** Reads a JSON file that may be missing. */
export const readJson = async <T>(file: string): Promise<T | undefined> =>
  existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : undefined
