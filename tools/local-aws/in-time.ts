/** Waits for `work`, but no longer than `ms`: of real time, not of the cloud's, because the process is about to end. Answers whether it was in time. */
export async function inTime(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const isDone = await Promise.race([
    work.then(() => true),
    new Promise<boolean>((resolve) => { timer = setTimeout(resolve, ms, false) }),
  ])
  clearTimeout(timer)
  return isDone
}
