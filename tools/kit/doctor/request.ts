import http from 'node:http'
import https from 'node:https'

export type Answer = { status: number, headers: http.IncomingHttpHeaders, body: string }

const MOST_BYTES = 2_000

/** One GET, without credentials, redirects and proxies, as the SDK would connect. Rejects with Node's error, or one whose code is `time limit`. */
export const get = (url: string, { limitMs = 4_000, signal }: { limitMs?: number, signal?: AbortSignal } = {}) => new Promise<Answer>((resolve, reject) => {
  const request = (url.startsWith('https:') ? https : http).get(url, { signal, agent: false }, (response) => {
    const { statusCode = 0, headers } = response
    let body = ''
    const done = () => {
      clearTimeout(patience)
      resolve({ status: statusCode, headers, body })
      request.destroy()
    }
    response.setEncoding('utf8')
    response.on('data', (chunk: string) => {
      body += chunk
      if (body.length > MOST_BYTES) done()
    })
    response.on('end', done)
    response.on('error', done)
  })
  // From the beginning, because a look-up of a name has no limit of its own.
  const patience = setTimeout(() => request.destroy(Object.assign(new Error(`no answer within ${limitMs / 1000} s`), { code: 'time limit' })), limitMs)
  request.on('error', (error) => {
    clearTimeout(patience)
    reject(error)
  })
})

/** Node's code for an error, which says more than its text, or the text. */
export const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? (error instanceof Error ? error.message : String(error))
