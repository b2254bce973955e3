/** Ctrl-C, a polite kill, or the end of the parent that started us. */
export const stopRequested = () => new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  process.once('disconnect', resolve)
})
