/** The title of each check, by its id, from the sources of verify: they import the SDK, which the site's package does not have. */
export function checkTitles(sources: string[]): Map<string, string> {
  const found = sources.flatMap((source) => [...source.matchAll(/\bcheck\('([a-z][a-z-]*)',\s*(?:'((?:[^'\\]|\\.)*)'|"([^"]*)"|`\$\{about\}([^`]*)`)/g)])
  return new Map(found.map(([, id, single, double, about]) => [id!, single?.replaceAll('\\', '') ?? double ?? `The function${about}`]))
}
