import { execFile } from 'node:child_process'

/** What a program prints, or undefined where it is not there, fails, or takes longer than `limitMs`. Never through a shell. */
export const outputOf = (program: string, args: string[], { cwd, limitMs = 1_000 }: { cwd?: string, limitMs?: number } = {}) =>
  new Promise<string | undefined>((resolve) => {
    execFile(program, args, { cwd, timeout: limitMs, windowsHide: true, maxBuffer: 4_000_000 }, (error, stdout) => resolve(error ? undefined : stdout.trim()))
  })
