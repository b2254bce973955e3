import { own, type DeployedRoute, type Snapshot } from './records.ts'

const VARIABLE = /^(?:request\.(?:body|header|querystring|path)|context|stageVariables|integration\.response)(?:\.[^.{}$\s]+)*$/
const PART = /\\\$|\$\{([^{}]*)\}/g

/**
 * Evaluates a selection expression: `$request.body.a.b`, `${request.body.a}`, several `${…}` among literal text, or a constant;
 * `\$` is a dollar. A path that leads nowhere gives the empty string.
 *
 * @param sources what the paths are followed through, e.g. `{ request: { body } }`
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-selection-expressions.html
 */
export function evaluateSelection(expression: string, sources: object): string {
  if (/^\$\w/.test(expression)) return textOf(follow(expression.slice(1), sources))
  return expression.replace(PART, (_, path?: string) => path === undefined ? '$' : textOf(follow(path, sources)))
}

/** Whether AWS could evaluate it: every unescaped dollar begins a known variable. */
export function isSelectionExpression(expression: string) {
  if (/^\$\w/.test(expression)) return VARIABLE.test(expression.slice(1))
  const variables = [...expression.matchAll(PART)].flatMap(([, path]) => path ?? [])
  return variables.every((path) => VARIABLE.test(path)) && !expression.replace(PART, '').includes('$')
}

/**
 * The deployed route for a message (A7): the one whose key the expression yields, else `$default`, else none.
 *
 * A7.8: what AWS does when a client names `$connect` or `$disconnect` is not recorded. Here clients cannot reach those two.
 */
export function selectRoute({ routeSelectionExpression, routes }: Snapshot, message: string): DeployedRoute | undefined {
  const key = evaluateSelection(routeSelectionExpression, { request: { body: parsed(message) } })
  const named = key === '$connect' || key === '$disconnect' ? undefined : own(routes, key)
  return named ?? own(routes, '$default')
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function follow(path: string, sources: object): unknown {
  let value: unknown = sources
  for (const name of path.split(/\.|\[(\d+)\]/)) {
    if (!name) continue
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = (value as Record<string, unknown>)[name]
  }
  return value
}

/** A value nested more deeply than the stack can follow leads nowhere. */
function textOf(value: unknown): string {
  try {
    return written(value)
  } catch (error) {
    if (error instanceof RangeError) return ''
    throw error
  }
}

function written(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
