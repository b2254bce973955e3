import { WebSocket } from 'ws'
import type { WebSocketFacts } from '../../mistakes/index.ts'
import { codeOf } from './request.ts'

/** One handshake. A client that is let in says good-bye at once, so that `$disconnect` runs. */
export const handshake = (url: string, { expected, limitMs = 5_000 }: { expected: number, limitMs?: number }) => new Promise<WebSocketFacts>((resolve) => {
  const done = (facts: Pick<WebSocketFacts, 'status' | 'error'>) => {
    clearTimeout(patience)
    resolve({ url, ...facts, expected })
  }
  let socket: WebSocket
  try {
    socket = new WebSocket(url)
  } catch (error) {
    return resolve({ url, error: (error as Error).message, expected })
  }
  const patience = setTimeout(() => {
    done({ error: `no answer within ${limitMs / 1000} s` })
    socket.terminate()
  }, limitMs)
  socket.on('open', () => {
    socket.close(1000)
    setTimeout(() => socket.terminate(), 1_000).unref()
    done({ status: 101 })
  })
  socket.on('unexpected-response', (request, response) => {
    done({ status: response.statusCode })
    request.destroy()
  })
  socket.on('error', (error) => done({ error: codeOf(error) }))
})
