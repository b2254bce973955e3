import { question } from 'zx'
import { isInteractive, note } from '../lib/output.ts'

/**
 * Whether the person at the terminal types `word`. Without a terminal nobody can, so the word has to come with the command.
 *
 * @param said the word as it was given on the command line, if it was
 * @param how the command that needs no terminal
 */
export async function confirms(asked: string, { word, said, how }: { word: string, said?: string, how: string }): Promise<boolean> {
  if (said !== undefined) return said === word
  if (!isInteractive() || !process.stdin.isTTY) {
    note(`Not without your word. In a script: ${how}`)
    return false
  }
  return (await question(`${asked} Type ${word} to go on: `)).trim() === word
}
