import type { LocalAws } from '../index.ts'
import { clientEnvironment, run } from './client-process.ts'
import { program } from './programs.ts'

/** Debian's awscli, which ignores AWS_ENDPOINT_URL: each call is told the endpoint. Commands are written as one types them. */
export function openAwscli(aws: Pick<LocalAws, 'url' | 'keys' | 'region'>, home: string) {
  const file = program('awscli')
  const env = clientEnvironment(home, aws)
  const call = (words: string[], path: string) =>
    run(file, ['--endpoint-url', aws.url + path, '--output', 'json', ...words], { env, cwd: home })

  /** The same for an endpoint with this path behind it. */
  const at = (path: string) => ({
    /** What the command printed, read as JSON; undefined where it printed nothing. Throws where it fails. */
    async aws(...command: Template): Promise<any> {
      const words = wordsOf(...command)
      const { code, stdout, stderr } = await call(words, path)
      if (code !== 0) throw new Error(`aws ${words.join(' ')} ended with code ${code}: ${stderr.trim()}`)
      return stdout.trim() ? JSON.parse(stdout) : undefined
    },
    /** What a command that must fail says on standard error. */
    async refused(...command: Template): Promise<string> {
      const words = wordsOf(...command)
      const { code, stdout, stderr } = await call(words, path)
      if (code === 0) throw new Error(`aws ${words.join(' ')} did not fail: ${stdout.trim()}`)
      return stderr.trim().replace(' (reached max retries: 0)', '') // a remark on AWS_MAX_ATTEMPTS
    },
  })
  return { ...at(''), at }
}

type Template = [texts: TemplateStringsArray, ...values: string[]]

/** The words of a command; what is interpolated stays within its word, whatever it holds. */
function wordsOf(...[texts, ...values]: Template) {
  const command = String.raw({ raw: texts }, ...values.map((_, index) => `\0${index}\0`))
  return command.trim().split(/\s+/).map((word) => word.replaceAll(/\0(\d+)\0/g, (__, index) => values[Number(index)]!))
}
