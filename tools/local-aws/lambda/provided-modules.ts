import { existsSync } from 'node:fs'
import path from 'node:path'

/** What AWS's Node.js runtimes bring along: SDK v3 (D4). */
export const PROVIDED = ['@aws-sdk', '@smithy']

/** The folder of an installed package, or scope of packages, as Node would find it from here. */
export function nearestModules(name: string): string | undefined {
  for (let folder = import.meta.dirname; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'node_modules', name)
    if (existsSync(candidate)) return candidate
    if (folder === path.dirname(folder)) return undefined
  }
}
