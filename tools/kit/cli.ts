import { existsSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { KitError } from '../lib/kit-error.ts'
import { printFailure, say } from '../lib/output.ts'
import { root } from '../lib/paths.ts'
import { inPlainWords } from './aws/failure.ts'
import { asksForHelp, helpOf, type Command } from './command.ts'

/** Runs the command in `tools/kit/NAME.ts`, or prints its help. Sets the exit code. */
export async function runCommand(name: string, args: string[]) {
  try {
    const command = await commandNamed(name)
    if (asksForHelp(args)) return say(helpOf(command))
    process.exitCode = await command.run(args.filter((arg) => arg !== '--verbose')) ?? process.exitCode ?? 0
  } catch (error) {
    printFailure(await inPlainWords(error))
    process.exitCode = 1
  }
}

async function commandNamed(name: string): Promise<Command> {
  const file = path.join(root, 'tools/kit', `${name}.ts`)
  const { command } = /^[a-z-]+$/.test(name) && existsSync(file) ? await import(pathToFileURL(file).href) : {}
  if (!command) throw new KitError({ what: `There is no command "${name}".`, where: 'package.json', next: 'See what there is: npm run' })
  return command
}
