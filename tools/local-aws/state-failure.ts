import { KitError } from '../lib/kit-error.ts'

const REASONS: [code: string, inDatabase: RegExp, reason: string, next: string][] = [
  ['ENOSPC', /No space left on device|not enough space on the disk/i, 'its disk is full', 'Make room on that disk. Nothing is lost, and it goes on by itself.'],
  ['EDQUOT', /quota exceeded/i, 'your share of its disk is used up', 'Make room on that disk. Nothing is lost, and it goes on by itself.'],
  ['EROFS', /Read-only file system/i, 'its disk is read-only', 'Choose a folder on another disk: npm run local state=DIR'],
  ['EACCES', /Permission denied/i, 'it may not write there', 'Make it a folder that you may write to, or choose another: npm run local state=DIR'],
  ['EPERM', /Operation not permitted/i, 'it may not write there', 'Make it a folder that you may write to, or choose another: npm run local state=DIR'],
  ['EMFILE', /Too many open files/i, 'too many files are open', 'Close other programs, or allow more open files (ulimit -n), and try again.'],
]

/** What to tell of a write into the state folder that the operating system refused; undefined where `error` is none. LevelDB tells it in words. */
export function stateFailure(error: unknown, folder: string): KitError | undefined {
  if (!(error instanceof Error)) return undefined
  const { code = '', message, cause } = error as NodeJS.ErrnoException
  const known = REASONS.find(([name, inDatabase]) => code === name || (code.startsWith('LEVEL_') && inDatabase.test(message)))
  if (!known) return stateFailure(cause, folder)
  const [, , reason, next] = known
  return new KitError({ what: `The local AWS cannot write its state to ${folder}: ${reason} (${known[0]}).`, where: folder, next }, { cause: error })
}

/** What the operating system says on a full disk, for a fault that asks for it. */
export const diskFull = () => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', errno: -28, syscall: 'write' })
