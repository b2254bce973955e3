import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/**
 * The clients that nobody of this kit wrote, as Debian installs them. By full path, because another `aws` or `python3` may come first
 * in PATH; the variable names one elsewhere.
 */
const PROGRAMS = {
  awscli: { file: '/usr/bin/aws', variable: 'CLIENTS_AWS', debian: 'awscli' },
  boto3: { file: '/usr/bin/python3', variable: 'CLIENTS_PYTHON', debian: 'python3-boto3', module: 'boto3' },
  websockets: { file: '/usr/bin/python3', variable: 'CLIENTS_PYTHON', debian: 'python3-websockets', module: 'websockets' },
  chromium: { file: '/usr/bin/chromium', variable: 'CLIENTS_CHROMIUM', debian: 'chromium' },
} satisfies Record<string, Program>

type Program = { file: string, variable: string, debian: string, module?: string }

/** The path of a client, or of the Python that has it. Throws an error that names Debian's package where it is not installed. */
export function program(name: keyof typeof PROGRAMS): string {
  const { file: usual, variable, debian, module }: Program = PROGRAMS[name]
  const file = process.env[variable] || usual
  const next = `Install Debian's package: apt-get install ${debian} (elsewhere ${variable} says where it is).`
  if (!existsSync(file)) throw new Error(`There is no ${file}. ${next}`)
  if (module && spawnSync(file, ['-c', `import ${module}`], { stdio: 'ignore' }).status !== 0)
    throw new Error(`${file} has no module ${module}. ${next}`)
  return file
}
