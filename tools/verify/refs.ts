import type { Refs } from '../mistakes/evidence.ts'

/** The ids in an error of the gateway, be it a frame or the body of a refused handshake (A8, A2.3). */
export function refsIn(text = ''): Refs {
  const [, connectionId] = /"connectionId":"([^"]+)"/.exec(text) ?? []
  const [, requestId] = /"requestId":"([^"]+)"/.exec(text) ?? []
  return { connectionId, requestId }
}
