import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { objectAt } from './template-source.ts'

describe('objectAt', () => {
  const urls: [string, string, string][] = [
    ['https://bucket.s3.eu-west-1.amazonaws.com/a/b.json', 'bucket', 'a/b.json'],
    ['https://my.bucket.s3.amazonaws.com/b%20c.json', 'my.bucket', 'b c.json'],
    ['https://s3.us-east-1.amazonaws.com/bucket/a/b.json', 'bucket', 'a/b.json'],
    ['http://127.0.0.1:4566/bucket/b.json', 'bucket', 'b.json'],
  ]
  for (const [url, Bucket, Key] of urls) it(`finds ${Bucket} and ${Key} in ${url}`, () => assert.deepEqual(objectAt(url), { Bucket, Key }))

  it('refuses what is no object', () => {
    for (const url of ['nonsense', 'http://127.0.0.1:4566/bucket', 'http://127.0.0.1:4566/bucket/%', 'https://bucket.s3.amazonaws.com/%ff']) assert.throws(() => objectAt(url), { message: 'TemplateURL must be a supported URL.' })
  })
})
