import { access, constants, readFile, statfs } from 'node:fs/promises'
import { cpus } from 'node:os'
import { usesColour } from '../../lib/output.ts'
import type { MachineFacts } from '../../mistakes/index.ts'
import type { Place } from './place.ts'

export function probeNode({ environment }: Place): MachineFacts['node'] {
  const { platform, arch, versions } = process
  return { version: versions.node, platform, arch, cpu: cpus()[0]?.model.trim(), tlsUnchecked: environment.NODE_TLS_REJECT_UNAUTHORIZED === '0' }
}

export async function probeDisk({ root }: Place): Promise<MachineFacts['disk']> {
  const { bavail, bsize } = await statfs(root)
  return { freeBytes: bavail * bsize }
}

export async function probeFolder({ root, workshop }: Place): Promise<MachineFacts['folder']> {
  const version = await readFile('/proc/version', 'utf8').catch(() => '')
  const writable = await mayWrite(root) && await mayWrite(workshop)
  return { path: root, platform: process.platform, wsl: /microsoft/i.test(version), writable }
}

/** A folder that is not there yet is made when it is needed. */
const mayWrite = (folder: string) => access(folder, constants.W_OK).then(() => true, (error: NodeJS.ErrnoException) => error.code === 'ENOENT')

export const probeTerminal = (): MachineFacts['terminal'] =>
  ({ isTTY: Boolean(process.stdout.isTTY), colour: usesColour(), ...process.stdout.isTTY && { columns: process.stdout.columns } })

/** Users and passwords are left out here already. */
export function probeProxy({ environment }: Place): MachineFacts['proxy'] {
  const named = (name: string) => environment[name.toLowerCase()] || environment[name] || undefined
  const [http, https, noProxy] = [named('HTTP_PROXY') ?? named('ALL_PROXY'), named('HTTPS_PROXY') ?? named('ALL_PROXY'), named('NO_PROXY')]
  return { ...http && { http: withoutUser(http) }, ...https && { https: withoutUser(https) }, ...noProxy && { noProxy } }
}

export const withoutUser = (url: string) => url.replace(/^([\w+.-]+:\/\/)?.*@/, '$1')
