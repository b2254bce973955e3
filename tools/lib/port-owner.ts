import { readdir, readFile, readlink } from 'node:fs/promises'
import { outputOf } from './program.ts'

/** `node (process 4711)`: the program that listens on a port of this machine, or undefined where the system does not let one know. */
export async function portOwner(port: number, platform = process.platform): Promise<string | undefined> {
  if (platform === 'linux') return ownerOnLinux(port).catch(() => undefined)
  if (platform === 'darwin') return ownerFromLsof(await outputOf('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc']) ?? '')
  if (platform === 'win32') {
    const pid = pidFromNetstat(await outputOf('netstat', ['-ano', '-p', 'TCP']) ?? '', port)
    return pid && named(await outputOf('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH']) ?? '', pid)
  }
  return undefined
}

/** Lines of `-Fpc`: `p4711`, then `cnode`. */
export function ownerFromLsof(output: string) {
  const [pid, name] = [/^p(\d+)$/m.exec(output)?.[1], /^c(.+)$/m.exec(output)?.[1]]
  return pid && `${name ?? 'a program'} (process ${pid})`
}

/** `  TCP    127.0.0.1:4566    0.0.0.0:0    LISTENING    4711`; the word in the middle is in the system's language. */
export const pidFromNetstat = (output: string, port: number) =>
  new RegExp(`^\\s*TCP\\s+\\S+:${port}\\s+\\S+:0\\s+\\S+\\s+(\\d+)\\s*$`, 'm').exec(output)?.[1]

/** `"node.exe","4711",…` */
const named = (csv: string, pid: string) => `${/^"([^"]+)"/m.exec(csv)?.[1] ?? 'a program'} (process ${pid})`

/** The kernel names the socket's inode; the process that holds it shows among those of the same user. */
async function ownerOnLinux(port: number) {
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')))
  const inodes = new Set(listeningInodes(tables.join('\n'), port).map((inode) => `socket:[${inode}]`))
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const folder = `/proc/${pid}/fd`
    const links = await Promise.all((await readdir(folder).catch(() => [])).map((fd) => readlink(`${folder}/${fd}`).catch(() => '')))
    if (links.some((link) => inodes.has(link))) return `${(await readFile(`/proc/${pid}/comm`, 'utf8')).trim()} (process ${pid})`
  }
  return undefined
}

/** Rows of /proc/net/tcp: `0: 0100007F:11D6 00000000:0000 0A … inode`; 0A is LISTEN. */
export function listeningInodes(table: string, port: number) {
  const hex = port.toString(16).toUpperCase().padStart(4, '0')
  return table.split('\n').map((line) => line.trim().split(/\s+/)).filter(([, local = '', , status]) => local.endsWith(`:${hex}`) && status === '0A').map((columns) => columns[9])
}
