import type { LocalAws } from '../index.ts'
import { clientEnvironment, run } from './client-process.ts'
import { program } from './programs.ts'

/** Debian's awscli, which ignores AWS_ENDPOINT_URL: each call is told the endpoint. */
export function openAwscli(aws: Pick<LocalAws, 'url' | 'keys' | 'region'>, home: string) {
  const file = program('awscli')
  const env = clientEnvironment(home, aws)
  const call = (words: string[]) => run(file, ['--endpoint-url', aws.url, '--output', 'json', ...words], { env, cwd: home })

  return {
    /** What the command printed, read as JSON; undefined where it printed nothing. Throws where it fails. */
    async aws(...words: string[]): Promise<any> {
      const { code, stdout, stderr } = await call(words)
      if (code !== 0) throw new Error(`aws ${words.join(' ')} ended with code ${code}: ${stderr.trim()}`)
      return stdout.trim() ? JSON.parse(stdout) : undefined
    },
    /** What a command that must fail says on standard error. */
    async refused(...words: string[]): Promise<string> {
      const { code, stdout, stderr } = await call(words)
      if (code === 0) throw new Error(`aws ${words.join(' ')} did not fail: ${stdout.trim()}`)
      return stderr.trim().replace(' (reached max retries: 0)', '') // a remark on AWS_MAX_ATTEMPTS
    },
  }
}
