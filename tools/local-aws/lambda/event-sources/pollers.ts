import type { Cloud } from '../../cloud.ts'
import type { Document, Place } from '../../store.ts'
import type { LambdaState } from '../function-store.ts'
import { startPoller, type Poller } from './poller.ts'
import type { EventSource } from './state.ts'

export type Pollers = {
  /** Says that a mapping is in a state of transition (Creating, Updating, Deleting …); it comes out of it by itself. */
  settle(mapping: EventSource): void
}

/** The pollers of one account and region. They go on where a former process ended. */
export function createPollers(cloud: Cloud, place: Place, document: Document<LambdaState>): Pollers {
  const running = new Map<EventSource, Poller>()
  let isStopped = false

  function stop(mapping: EventSource) {
    running.get(mapping)?.stop()
    running.delete(mapping)
  }
  function arrive(mapping: EventSource) {
    if (isStopped) return
    if (mapping.state === 'Deleting') {
      document.data.eventSources = document.data.eventSources?.filter((other) => other !== mapping)
      stop(mapping)
    } else if (mapping.enabled) {
      mapping.state = 'Enabled'
      if (!running.has(mapping)) running.set(mapping, startPoller({ cloud, place, document, mapping }))
    } else {
      mapping.state = 'Disabled'
      stop(mapping)
    }
    document.changed()
  }
  const settle = (mapping: EventSource) => {
    document.changed()
    setImmediate(arrive, mapping)
  }

  cloud.onStop(() => {
    isStopped = true
    for (const mapping of running.keys()) stop(mapping)
  }, { early: true })
  for (const mapping of document.data.eventSources ?? []) settle(mapping)
  return { settle }
}
