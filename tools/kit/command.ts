/** What an npm script runs. One per file in this folder; the file's name is the command's. */
export type Command = {
  /** one line for the list of commands */
  summary: string
  /** how it is typed, e.g. `npm run solve N` */
  usage: string
  /** further lines of help: arguments and options */
  details?: string[]
  /** a whole line that can be typed as it is */
  example: string
  /** Does the work; the number is the exit code (0 when left out). Throws KitError for what went wrong. */
  run(args: string[]): Promise<number | void>
}

export const helpOf = ({ summary, usage, details = [], example }: Command) =>
  [summary, '', `  ${usage}`, ...details.map((line) => `    ${line}`), '', `Example: ${example}`].join('\n')

/** Typed as a word, because PowerShell drops `--`; the usual spellings work too. */
export const asksForHelp = (args: string[]) => {
  const [first] = /^step-\d+$/.test(args[0] ?? '') ? args.slice(1) : args // npm run verify:step-1 brings its step along
  return args.some((arg) => arg === '--help' || arg === '-h') || first === 'help'
}
