import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type { PackagesFacts } from '../../mistakes/index.ts'
import type { Place } from './place.ts'

type Lock = { packages: Record<string, { version?: string, optional?: boolean, dependencies?: Record<string, string>, devDependencies?: Record<string, string> }> }

/** node_modules against package-lock.json: what npm noted there, and whether the folders of the direct dependencies exist. */
export async function probePackages({ root }: Place): Promise<PackagesFacts> {
  const [wanted, installed] = await Promise.all([lockAt(path.join(root, 'package-lock.json')), lockAt(path.join(root, 'node_modules/.package-lock.json'))])
  const required = Object.entries(wanted).filter(([place, { optional }]) => place && !optional)
  const absent = required.filter(([place]) => !installed[place])
  const wrong = required.filter(([place, { version }]) => installed[place] && installed[place].version !== version)

  const direct = Object.keys({ ...wanted['']?.dependencies, ...wanted['']?.devDependencies }).map((name) => `node_modules/${name}`)
  const there = await Promise.all(direct.map((place) => stat(path.join(root, place, 'package.json')).then(() => true, () => false)))
  const gone = direct.filter((_, i) => !there[i])
  return {
    missing: [...new Set([...absent.map(([place]) => place), ...gone])].map(nameAt),
    wrong: wrong.map(([place]) => nameAt(place)),
    binaries: await readdir(path.join(root, 'node_modules/@esbuild')).catch(() => []),
    wanted: `${process.platform}-${process.arch}`,
  }
}

const nameAt = (place: string) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)

const lockAt = async (file: string): Promise<Lock['packages']> => {
  const text = await readFile(file, 'utf8').catch(() => '{"packages":{}}')
  return (JSON.parse(text) as Lock).packages
}
