import vm from 'node:vm'

const MAX_MS = 100
const script = new vm.Script('new RegExp(`^(?:${pattern})$`).test(text)')

/**
 * Whether all of `text` matches a regular expression that a client wrote. Undefined where it is none, or where it takes longer than 100 ms:
 * some expressions are written to take years, and only a context of its own can be interrupted.
 */
export function isMatch(pattern: string, text: string): boolean | undefined {
  try {
    return script.runInNewContext({ pattern, text }, { timeout: MAX_MS }) as boolean
  } catch {
    return undefined
  }
}
