import type { Cloud } from '../cloud.ts'
import type { Place } from '../store.ts'
import { openEventLog, type EventLog } from './event-log.ts'
import type { Group } from './state.ts'

/** The event log of each group of one account and region; read from disk on first use. */
export type EventLogs = {
  of(group: Group): Promise<EventLog>
  /** Forgets the events of a group that is being deleted. */
  remove(group: Group): Promise<void>
}

export function eventLogsOf(cloud: Cloud, { account, region }: Place): EventLogs {
  const opened = new Map<string, EventLog>()
  const of = async (group: Group) => {
    const folder = await cloud.store.folder('logs', { account, region })
    const known = opened.get(group.file) ?? openEventLog(folder, group.file, cloud.store.demandRoom)
    opened.set(group.file, known)
    return known
  }
  return {
    of,
    async remove(group) {
      await (await of(group)).remove()
      opened.delete(group.file)
    },
  }
}
