/** Does `work` for each of `items`, at most `atATime` of them at once, and answers the results in the order of the items. */
export async function inTurn<T, R>(atATime: number, items: T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  let next = 0
  async function worker() {
    while (next < items.length) {
      const index = next++
      results[index] = await work(items[index]!)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atATime, items.length) }, worker))
  return results
}
