export type Position = { Line: number, Column: number }
export type Span = { StartPosition: Position, EndPosition: Position }

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\]:]/g

/**
 * Where the statements stand in the text of a policy, as the simulator reports it: a statement begins after the first bracket of `Statement`, and ends
 * after its own closing brace; lines and columns count from 1.
 *
 * Differs from AWS: known for one statement only; later ones are taken to begin where the one before ended.
 * @see https://docs.aws.amazon.com/cli/latest/reference/iam/simulate-custom-policy.html (its examples)
 */
export function statementSpans(json: string): Span[] {
  const spans: Span[] = []
  let depth = 0
  let key = ''
  let lastText = ''
  let start = 0
  let statementDepth = 0

  for (const { 0: token, index } of json.matchAll(TOKENS)) {
    const after = index + token.length
    if (token === ':') {
      if (depth === 1) key = lastText
    } else if (token === '{' || token === '[') {
      depth++
      if (depth === 2 && key === 'Statement') {
        start = after
        statementDepth = token === '{' ? 2 : 3
      }
    } else if (token === '}' || token === ']') {
      if (token === '}' && key === 'Statement' && depth === statementDepth) {
        spans.push({ StartPosition: positionAt(json, start), EndPosition: positionAt(json, after) })
        start = after
      }
      depth--
    } else lastText = token.slice(1, -1)
  }
  return spans
}

function positionAt(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split('\n')
  return { Line: lines.length, Column: lines.at(-1)!.length + 1 }
}
