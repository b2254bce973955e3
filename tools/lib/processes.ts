import { readFileSync } from 'node:fs'

/**
 * What tells a process from a later one of the same number: which boot, and when since. Only Linux has it, where containers give the same
 * small numbers again and again; undefined elsewhere, and for a process that has ended.
 */
export function birthOf(pid: number): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name, in parentheses, may have blanks; the start time is the 22nd field of all.
    return `${boot} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`
  } catch {
    return undefined
  }
}

/** Whether a process with this number is alive (it may belong to somebody else). */
export function isAlive(pid: number) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
