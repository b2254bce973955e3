/** For each logical id the ids that must be ready before it. */
export type Graph = Map<string, string[]>

/** The ids that go round in circles, in the order of the graph; empty if there is an order in which all can be made. */
export function circle(graph: Graph): string[] {
  const left = new Map(graph)
  const shrink = (isFree: (id: string) => boolean) => {
    for (let before = -1; before !== left.size;) {
      before = left.size
      for (const id of left.keys()) if (isFree(id)) left.delete(id)
    }
  }
  shrink((id) => left.get(id)!.every((dependency) => !left.has(dependency)))
  // What remains also holds those that only wait for a circle. They are nobody's dependency, so they go the same way.
  shrink((id) => ![...left].some(([other, dependencies]) => other !== id && dependencies.includes(id)) && !left.get(id)!.includes(id))
  return [...left.keys()]
}

/** The ids with each one after all that it depends on; otherwise as in the graph. Ids that the graph lacks are no hindrance. */
export function inOrder(graph: Graph): string[] {
  const ordered = new Set<string>()
  const visit = (id: string, path: string[]) => {
    if (ordered.has(id) || !graph.has(id) || path.includes(id)) return
    for (const dependency of graph.get(id)!) visit(dependency, [...path, id])
    ordered.add(id)
  }
  for (const id of graph.keys()) visit(id, [])
  return [...ordered]
}

/** The same edges the other way round: who must be gone before. */
export function reversed(graph: Graph): Graph {
  const backwards: Graph = new Map([...graph.keys()].toReversed().map((id) => [id, []]))
  for (const [id, dependencies] of graph) for (const dependency of dependencies) backwards.get(dependency)?.push(id)
  return backwards
}

/**
 * Runs `step` for each id once all before it succeeded; independent ids run at the same time. A step that answers false keeps all that
 * wait for it from starting, and unless `goOn` everything else that has not started either. Resolves when nothing runs any more.
 */
export async function walk(graph: Graph, step: (id: string) => Promise<boolean>, { goOn = false } = {}): Promise<void> {
  const started = new Map<string, Promise<boolean>>()
  let failed = false
  const run = async (id: string) => {
    const before = await Promise.all((graph.get(id) ?? []).filter((other) => graph.has(other)).map(start))
    if (before.includes(false) || (failed && !goOn)) return false
    const succeeded = await step(id)
    if (!succeeded) failed = true
    return succeeded
  }
  const start = (id: string): Promise<boolean> => {
    if (!started.has(id)) started.set(id, run(id))
    return started.get(id)!
  }
  await Promise.all([...graph.keys()].map(start))
}
