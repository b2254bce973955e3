/**
 * What came of running an integration. A failure carries the status of a refused handshake and the text that clients read, in a frame or
 * in a body (A2, A8).
 */
export type Outcome =
  | { kind: 'answered', status: number, body?: string, headers?: Record<string, unknown> }
  | { kind: 'failed', status: 500 | 502 | 504, message: string }

export const INTERNAL = 'Internal server error'

export const failed = (status: 500 | 502): Outcome => ({ kind: 'failed', status, message: INTERNAL })
export const timedOut = (): Outcome => ({ kind: 'failed', status: 504, message: 'Endpoint request timed out' })

/** The frame, and the body of a refused handshake, byte for byte: blanks after the first colon and the commas only (A8). */
export const errorText = (message: string, connectionId: string, requestId: string) =>
  `{"message": "${message}", "connectionId":"${connectionId}", "requestId":"${requestId}"}`

/** The frame for a message that fails its model: it names the message, not a request (A8.10). */
export const invalidText = (connectionId: string, messageId: string) =>
  `{"message": "Bad request body", "connectionId":"${connectionId}", "messageId":"${messageId}"}`
