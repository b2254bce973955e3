/** What happens in the local AWS, for pages, logs and tests. `at` is milliseconds since the epoch; ids are AWS's. */
export type CloudEvent = { at: number } & (
  | { kind: 'connection', apiId: string, stage: string, connectionId: string, change: 'opened' | 'refused' | 'closed', status?: number, code?: number, reason?: string }
  | { kind: 'frame', apiId: string, stage: string, connectionId: string, direction: 'in' | 'out', text: string, routeKey?: string, requestId?: string }
  | { kind: 'invocation', functionName: string, requestId: string, ms: number, error?: string }
  | { kind: 'log', group: string, stream: string, message: string }
  | { kind: 'row', table: string, operation: string, connectionId?: string }
  | { kind: 'decision', principal: string, action: string, resource: string, allowed: boolean, reason: string }
  | { kind: 'stack', stack: string, logicalId: string, type: string, status: string, reason?: string }
  | { kind: 'request', service: string, operation: string, status: number, ms: number, requestId: string }
)
type WithoutTime<E> = E extends unknown ? Omit<E, 'at'> : never

export type Events = {
  emit(event: WithoutTime<CloudEvent>): void
  /** Calls `listener` for each event from now on; the answer stops that. */
  on(listener: (event: CloudEvent) => void): () => void
}

export function createEvents(now: () => number): Events {
  const listeners = new Set<(event: CloudEvent) => void>()
  return {
    emit(event) {
      if (listeners.size === 0) return
      const stamped = { at: now(), ...event } as CloudEvent
      for (const listener of listeners) listener(stamped)
    },
    on(listener) {
      listeners.add(listener)
      return () => { listeners.delete(listener) }
    },
  }
}
