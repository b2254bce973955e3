import { abandonSteps, cleanUp, destroy, rollBackCreation, rollBackUpdate } from './deploy.ts'
import type { Engine } from './engine.ts'
import { createJob, recordRollback, type Job } from './job.ts'

const STOPPED = 'The local AWS stopped during this operation; what it had begun is rolled back.'

/** Brings every stack to rest whose operation was cut off by the end of the process. Resolves when that is done. */
export async function resume({ cloud, place, types, stacks }: Engine): Promise<void> {
  const unfinished = stacks.all().filter(({ operation, status }) => operation && status.endsWith('_IN_PROGRESS'))
  await Promise.all(unfinished.map((stack) => goOn(createJob(cloud, place, types, stacks, stack))))
}

/** Takes up an operation where it was cut off: rolls it back, or ends what was its end already. `reason` is for the events. */
export async function goOn(job: Job, reason = STOPPED): Promise<void> {
  abandonSteps(job)
  switch (job.stack.status) {
    case 'CREATE_IN_PROGRESS':
      recordRollback(job, 'ROLLBACK_IN_PROGRESS', reason)
      return rollBackCreation(job)
    case 'UPDATE_IN_PROGRESS':
      recordRollback(job, 'UPDATE_ROLLBACK_IN_PROGRESS', reason)
      return rollBackUpdate(job)
    case 'ROLLBACK_IN_PROGRESS': return rollBackCreation(job)
    case 'UPDATE_ROLLBACK_IN_PROGRESS': return rollBackUpdate(job)
    case 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS': return cleanUp(job, 'UPDATE_COMPLETE')
    case 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS': return cleanUp(job, 'UPDATE_ROLLBACK_COMPLETE')
    case 'DELETE_IN_PROGRESS': return destroy(job)
  }
}
