import { readFileSync } from 'node:fs'
import path from 'node:path'
import { excerpt, ExcerptError } from './excerpt.ts'

/** The parts of a Markdown tree that matter here. */
type Node = { type: string, lang?: string | null, meta?: string | null, value?: string, children?: Node[] }
type Page = { path?: string }

const KNOWN = new Set(['file', 'from', 'to', 'todo', 'title'])

/**
 * Fills code blocks from files, so that pages cannot differ from the code:
 *
 *     ```ts file="solutions/01-connect/connect.ts" from="const table" to="})"
 *     ```
 *
 * `from` and `to`, or `todo="1.3"`, name a region (see `Region`); the block is titled by its path unless it has a `title`. A file or region that
 * is gone fails the build, and so does text in the block itself.
 */
export function quoteFiles({ root }: { root: string }) {
  return (tree: Node, page: Page) => {
    for (const block of codeBlocks(tree)) quote(block, root, page.path ?? 'a page')
  }
}

function quote(block: Node, root: string, page: string) {
  const { file, title, ...region } = attributesOf(block.meta ?? '', page)
  if (file === undefined) return
  if (block.value?.trim()) throw new ExcerptError(`${page}: the block of ${file} has text of its own. Leave it empty.`)
  try {
    block.value = excerpt(file, read(root, file), region)
  } catch (error) {
    throw error instanceof ExcerptError ? new ExcerptError(`${page} quotes ${error.message}`, { cause: error }) : error
  }
  block.meta = `${withoutOurs(block.meta!)} title="${title ?? file}"`.trim()
}

function read(root: string, file: string) {
  const found = path.resolve(root, file)
  if (!found.startsWith(path.resolve(root) + path.sep)) throw new ExcerptError(`${file}, which is outside the repository.`)
  try {
    return readFileSync(found, 'utf8')
  } catch (error) {
    throw new ExcerptError(`${file}, which cannot be read.`, { cause: error })
  }
}

/** `name="value"` of the words behind the language; others, such as `{1,4-6}`, are left to the theme. */
function attributesOf(meta: string, page: string): Record<string, string> {
  const attributes = Object.fromEntries([...meta.matchAll(ATTRIBUTE)].map(([, name, value]) => [name!, value!]))
  const unknown = Object.keys(attributes).filter((name) => !KNOWN.has(name))
  if (attributes.file !== undefined && unknown.length > 0) throw new ExcerptError(`${page} quotes ${attributes.file} with ${unknown.join(', ')}, which is not known here.`)
  return attributes
}

const ATTRIBUTE = /(?<![\w-])([a-z]+)="([^"]*)"/gi
const withoutOurs = (meta: string) => meta.replaceAll(ATTRIBUTE, '').replaceAll(/\s+/g, ' ').trim()

const codeBlocks = (node: Node): Node[] => node.type === 'code' ? [node] : (node.children ?? []).flatMap(codeBlocks)
