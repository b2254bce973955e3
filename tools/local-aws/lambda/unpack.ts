import { chmod, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { unzipSync } from 'fflate'
import { invalidParameter } from './errors.ts'

export const MAX_UNZIPPED_BYTES = 262_144_000

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const MADE_BY_UNIX = 3
const FILE_TYPE = 0o170000
const REGULAR_FILE = 0o100000
const DIRECTORY = 0o040000

const damaged = () => invalidParameter('Could not unzip uploaded file. Please check your file, then try to upload again.')

export type Entry = { name: string, bytes: number, mode?: number }

/**
 * Reads the list of files of a zip and refuses what must not be unpacked: names that leave the folder, links, too much.
 * Throws `InvalidParameterValueException` (D4.10).
 */
export function checkPackage(zip: Uint8Array): Entry[] {
  const entries = readDirectory(Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength))
  if (entries.length === 0) throw damaged()
  for (const { name, mode } of entries) if (!isInside(name) || isSpecial(mode)) throw damaged()
  if (entries.reduce((sum, { bytes }) => sum + bytes, 0) > MAX_UNZIPPED_BYTES) throw invalidParameter(`Unzipped size must be smaller than ${MAX_UNZIPPED_BYTES} bytes`)
  return entries
}

/** Unpacks a zip into `folder`, which is made. Executable files stay executable. */
export async function unpack(zip: Uint8Array, folder: string): Promise<void> {
  const modes = new Map(checkPackage(zip).map(({ name, mode }) => [name, mode]))
  for (const [name, content] of Object.entries(unzip(zip))) {
    // Two readers of one zip may find different lists in it; what is written is looked at again.
    if (!isInside(name)) throw damaged()
    const target = path.join(folder, name)
    if (name.endsWith('/')) {
      await mkdir(target, { recursive: true })
      continue
    }
    await mkdir(path.dirname(target), { recursive: true })
    await writeFile(target, content)
    if ((modes.get(name) ?? 0) & 0o111) await chmod(target, 0o755)
  }
}

function unzip(zip: Uint8Array) {
  let left = MAX_UNZIPPED_BYTES
  try {
    return unzipSync(zip, {
      // What the directory says about sizes may be a lie of the one who made the zip; fflate allocates no more than it says.
      filter: ({ originalSize }) => (left -= originalSize) >= 0,
    })
  } catch {
    throw damaged()
  }
}

/** Names are checked as Windows would read them too: a package must mean the same on every machine. */
function isInside(name: string) {
  if (name === '' || name.includes('\\') || name.includes('\0') || name.includes(':')) return false
  return !name.startsWith('/') && !name.split('/').includes('..')
}

const isSpecial = (mode: number | undefined) => mode !== undefined && (mode & FILE_TYPE) !== 0 && ![REGULAR_FILE, DIRECTORY].includes(mode & FILE_TYPE)

/** The central directory at the end of a zip. @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT 4.3.12 */
function readDirectory(zip: Buffer): Entry[] {
  try {
    const end = findEnd(zip)
    const count = zip.readUInt16LE(end + 10)
    let at = zip.readUInt32LE(end + 16)
    // These say that a second list, in the form of zip64, is the one that counts. No package within the limits needs it.
    if (count === 0xffff || at === 0xffff_ffff) throw damaged()
    return Array.from({ length: count }, () => {
      if (zip.readUInt32LE(at) !== DIRECTORY_ENTRY) throw damaged()
      const [nameBytes, extraBytes, commentBytes] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)]
      const mode = zip[at + 5] === MADE_BY_UNIX ? zip.readUInt32LE(at + 38) >>> 16 : undefined
      const entry = { name: zip.toString('utf8', at + 46, at + 46 + nameBytes), bytes: zip.readUInt32LE(at + 24), mode }
      at += 46 + nameBytes + extraBytes + commentBytes
      return entry
    })
  } catch {
    throw damaged()
  }
}

function findEnd(zip: Buffer) {
  const longestComment = 65_535
  for (let at = zip.length - 22; at >= Math.max(0, zip.length - 22 - longestComment); at--) if (zip.readUInt32LE(at) === END_OF_DIRECTORY) return at
  throw damaged()
}
