import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { readEventFacts } from '../../tools/lib/event-facts.ts'
import { inWorkshop } from '../../tools/lib/paths.ts'
import { mistakes } from '../../tools/mistakes/index.ts'
import { checkTitles } from './check-titles.ts'
import type { Sources } from './mistake-page.ts'
import { generatedPages } from './pages.ts'

const docs = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const root = path.resolve(docs, '..')
const target = path.join(docs, 'content/generated')

const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
const verify = readdirSync(path.join(root, 'tools/verify')).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))

const sources: Sources = {
  checks: checkTitles(verify.map((file) => read(`tools/verify/${file}`))),
  fileOf: ({ place, id }) => existsSync(path.join(root, 'tools/mistakes', place, `${id}.ts`)) ? read(`tools/mistakes/${place}/${id}.ts`) : '',
  solution: (file) => read(`solutions/${file}`),
  scripts: Object.keys(JSON.parse(read('package.json')).scripts),
}
const byHand = readdirSync(path.join(docs, 'content/troubleshooting')).filter((file) => file !== 'index.mdx').map((file) => `troubleshooting/${path.parse(file).name}`)

const matrix = inWorkshop('matrix.json')
const measured = existsSync(matrix) ? JSON.parse(readFileSync(matrix, 'utf8')) : undefined

const pages = generatedPages(mistakes, sources, { byHand, measured, event: readEventFacts() })
rmSync(target, { recursive: true, force: true })
for (const page of pages) {
  const file = path.join(target, page.path)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, page.text)
}
console.log(`Wrote ${pages.length} pages for ${mistakes.length} mistakes.`)
