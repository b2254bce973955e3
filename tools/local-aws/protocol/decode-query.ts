import type { NormalizedSchema } from '@smithy/core/schema'
import { readScalar } from './read-scalar.ts'
import { membersOf, traitsOf } from './service-model.ts'

/** `A.member.1.B=x` as a tree: the path's words are its branches. */
type Branch = { text?: string, branches: Map<string, Branch> }

const MAX_DEPTH = 64

/**
 * Reads the form of an awsQuery request. Throws MalformedInput for values of the wrong kind.
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export function decodeQuery(schema: NormalizedSchema, form: URLSearchParams): Record<string, unknown> {
  return (read(schema, treeOf(form), '') ?? {}) as Record<string, unknown>
}

function treeOf(form: URLSearchParams): Branch {
  const root: Branch = { branches: new Map() }
  for (const [name, text] of form) {
    let branch = root
    for (const word of name.split('.', MAX_DEPTH)) {
      let next = branch.branches.get(word)
      if (!next) branch.branches.set(word, next = { branches: new Map() })
      branch = next
    }
    branch.text = text
  }
  return root
}

function read(schema: NormalizedSchema, branch: Branch | undefined, name: string): unknown {
  if (!branch) return
  if (schema.isStructSchema()) return readStructure(schema, branch, name)
  if (schema.isListSchema()) return readList(schema, branch, name)
  if (schema.isMapSchema()) return readMap(schema, branch, name)
  return branch.text === undefined ? undefined : readScalar(schema, branch.text, name, 'body')
}

function readStructure(schema: NormalizedSchema, branch: Branch, place: string) {
  const structure: Record<string, unknown> = {}
  for (const [name, member] of membersOf(schema)) {
    const value = read(member, branch.branches.get(traitsOf(member).xmlName ?? name), place ? `${place}.${name}` : name)
    if (value !== undefined) structure[name] = value
  }
  return structure
}

/** `List=` without items is an empty list. */
function readList(schema: NormalizedSchema, branch: Branch, name: string) {
  const item = schema.getValueSchema()
  const holder = traitsOf(schema).xmlFlattened ? branch : branch.branches.get(traitsOf(item).xmlName ?? 'member')
  return numbered(holder).map((entry, index) => read(item, entry, `${name}.${index + 1}`)).filter((value) => value !== undefined)
}

function readMap(schema: NormalizedSchema, branch: Branch, name: string) {
  const keyName = traitsOf(schema.getKeySchema()).xmlName ?? 'key'
  const valueName = traitsOf(schema.getValueSchema()).xmlName ?? 'value'
  const entries = numbered(traitsOf(schema).xmlFlattened ? branch : branch.branches.get('entry'))
  return Object.fromEntries(entries.map(({ branches }) => {
    const key = branches.get(keyName)?.text ?? ''
    return [key, read(schema.getValueSchema(), branches.get(valueName), `${name}.${key}`)]
  }))
}

/** The branches `1`, `2`, … in order; gaps are closed. */
const numbered = (branch: Branch | undefined): Branch[] =>
  [...branch?.branches ?? []].filter(([word]) => /^\d{1,9}$/.test(word)).toSorted(([a], [b]) => Number(a) - Number(b)).map(([, entry]) => entry)
