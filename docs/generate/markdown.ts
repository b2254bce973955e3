/** Text as Markdown that shows exactly it: no markup, no HTML, no link of it comes alive. */
export const plain = (text: string) => text.replaceAll(/\s+/g, ' ').trim()
  .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  .replaceAll(/[\\`*_{}[\]|#~$:@]/g, (char) => `&#${char.charCodeAt(0)};`)
  .replaceAll(/^(\d+)([.)])/g, '$1&#46;').replaceAll(/^([-+=])/g, (char) => `&#${char.charCodeAt(0)};`)

/** Prose of the kit: what stands between backticks is code, all else is shown as it is. */
export const prose = (text: string) => text.split(/(`[^`]+`)/).map((part) => /^`[^`]+`$/.test(part) ? code(part.slice(1, -1)) : plainPart(part)).join('')

/** `text` as inline code, whatever backticks are in it. */
export function code(text: string) {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  const gap = text.startsWith('`') || text.endsWith('`') ? ' ' : ''
  return `${fence}${gap}${text.replaceAll(/\s+/g, ' ')}${gap}${fence}`
}

/** In a table a bar ends the cell, in code too. */
export const cell = (markdown: string) => markdown.replaceAll('|', '\\|')

/** `text` as a code block, whatever fences are in it. */
export function block(text: string, language = 'text', title?: string) {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}${title ? ` title="${title}"` : ''}\n${text}\n${fence}`
}

/** What stands between the two lines of dashes: JSON is YAML. */
export const frontMatter = (fields: Record<string, unknown>) =>
  ['---', ...Object.entries(fields).filter(([, value]) => value !== undefined).map(([name, value]) => `${name}: ${JSON.stringify(value)}`), '---'].join('\n')

const plainPart = (text: string) => {
  const [, before, middle, after] = /^(\s*)(.*?)(\s*)$/s.exec(text)!
  return `${before && ' '}${plain(middle!)}${after && ' '}`
}
