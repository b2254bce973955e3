import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'

const here = import.meta.dirname
const readme = readFileSync(path.join(here, 'README.md'), 'utf8')
const folders = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name)
const filesIn = (folder: string) => readdirSync(path.join(here, folder), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !/test(ing)?\.ts$/.test(name)).map((name) => path.join(folder, name))

/** Folders of services, and the one that may look into another. */
const SERVICES = ['api-gateway', 'cloudformation', 'dynamodb', 'iam', 'lambda', 'logs', 's3', 'sqs', 'ssm', 'sts']
const FAMILY = ['sts imports iam']

describe('the map in README.md', () => {
  it('names every folder', () => {
    assert.deepEqual(folders.filter((folder) => !readme.includes(`\`${folder}/`)), [])
  })

  it('names nothing that is not there', () => {
    const named = [...readme.matchAll(/`([\w-]+(?:\/[\w-]+)*(?:\/|\.(?:ts|cjs|md)))`/g)].map(([, name]) => name!)
    const places = ['.', ...folders, '../kit']

    assert.ok(named.length > 30)
    assert.deepEqual(named.filter((name) => !places.some((place) => existsSync(path.join(here, place, name)))), [])
  })

  it('is right about services: they import nothing of each other but types', () => {
    const wrong = SERVICES.flatMap((service) => filesIn(service).flatMap((file) => {
      const text = readFileSync(path.join(here, file), 'utf8').replaceAll(/^import type .*$/gm, '')
      const others = [...text.matchAll(/from '([^']+)'/g)].map(([, specifier]) => path.relative(here, path.resolve(here, path.dirname(file), specifier!)).split(path.sep)[0]!)
      return others.filter((other) => SERVICES.includes(other) && other !== service).map((other) => `${service} imports ${other}`)
    }))

    assert.deepEqual([...new Set(wrong)].filter((line) => !FAMILY.includes(line)), [])
  })
})
