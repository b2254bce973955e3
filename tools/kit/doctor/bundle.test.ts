import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { hostname } from 'node:os'
import path from 'node:path'
import { after, describe, it } from 'node:test'
import { diagnose } from '../../mistakes/diagnose.ts'
import { soundMachine } from '../../mistakes/machine-testing.ts'
import { writeBundle } from './bundle.ts'
import { gather } from './gather.ts'
import { createRedactor } from './redact.ts'
import { testPlace } from './testing.ts'

/** Made up, each once, so that a hit says which one got through. */
const PLANTED = {
  environmentKey: 'AKIAPLANTEDINENVIRON',
  environmentSecret: 'pLanted0In/The1Environment+Key22xxxxxxxx',
  sessionToken: `IQoJb3JpZ2luX2Vj${'planted/Session+Token9'.repeat(12)}==`,
  databasePassword: 'hunter2-planted',
  proxyPassword: 'pr0xy-planted',
  proxyHost: 'gateway.planted-company.example',
  noProxyHost: '.intranet.planted-company.example',
  runningToken: '0f'.repeat(24),
  localKey: 'AKIAPLANTEDLOCALLY12',
  localSecret: 'planted_local_secret_key-0000000000000000',
  npmToken: 'npm_plantedplantedplantedplantedplanted00',
  npmUserToken: '3f2b8c1e-planted-4c3d-9a7b-0123456789ab',
  npmPassword: 'cGxhbnRlZA==',
  profileSecret: 'profile/Planted8Secret+AAAAbbbbCCCCdddd11',
  ssoStart: 'https://planted-company.awsapps.example/start',
  bearer: 'planted.bearer.value',
  jwt: 'eyJhbGciOiJIUzI1NiJ9.eyJwbGFudGVkIjoxfQ.c2lnbmF0dXJlLXBsYW50ZWQ',
  github: 'ghp_plantedplantedplantedplantedplante00',
  email: 'grace.planted@example.com',
  account: '111122223333',
  apiId: 'plantedapi',
  privateKey: 'MIIplantedPRIVATEkeyLINE',
  intranetAddress: '10.20.30.40',
  user: 'gracehopper',
  computer: 'GRACES-LAPTOP',
  sharedPass: 'sh4red-planted',
}

const files = {
  'kit/.workshop/settings.json': JSON.stringify({ cloud: 'aws', profile: 'planted-company-prod', suffix: 'grace', token: PLANTED.bearer }),
  'kit/.workshop/progress.json': JSON.stringify({ hints: { 1: 2 }, note: `mail ${PLANTED.email}` }),
  'kit/.workshop/local/running.json': JSON.stringify({ pid: 2 ** 30, url: 'http://127.0.0.1:1', token: PLANTED.runningToken }),
  'kit/.workshop/local/credentials': JSON.stringify({ accessKeyId: PLANTED.localKey, secretAccessKey: PLANTED.localSecret }),
  'kit/.npmrc': `//npm.example.com/:_authToken=${PLANTED.npmToken}\n`,
  'home/.npmrc': `//npm.example.com/:_authToken="${PLANTED.npmUserToken}"\n_password=${PLANTED.npmPassword}\n`,
  'home/.aws/credentials': `[default]\naws_access_key_id = ${PLANTED.environmentKey}\naws_secret_access_key = ${PLANTED.profileSecret}\n`,
  'home/.aws/config': `[default]\nsso_start_url = ${PLANTED.ssoStart}\n`,
  'kit/.workshop/deploy.log': [
    `Authorization: Bearer ${PLANTED.bearer}`, `AWS_SECRET_ACCESS_KEY=${PLANTED.environmentSecret}`, `{"secretAccessKey":"${PLANTED.localSecret}","token":"${PLANTED.runningToken}"}`,
    `https://x.example/?X-Amz-Security-Token=${encodeURIComponent(PLANTED.sessionToken)}&X-Amz-Signature=${'ab'.repeat(32)}`, `session ${PLANTED.sessionToken}`,
    `key ${PLANTED.profileSecret}`, `jwt ${PLANTED.jwt}`, `git clone https://${PLANTED.github}@github.example/x`, `postgres://ada:${PLANTED.databasePassword}@db/x`, `start ${PLANTED.ssoStart}`,
    `arn:aws:sts::${PLANTED.account}:assumed-role/admin/${PLANTED.email}`, `wss://${PLANTED.apiId}.execute-api.eu-west-1.amazonaws.com/beta`, `from ${PLANTED.intranetAddress}`,
    `-----BEGIN RSA PRIVATE KEY-----\n${PLANTED.privateKey}\n-----END RSA PRIVATE KEY-----`, `host ${PLANTED.computer.toLowerCase()}`, `C:\\Users\\${PLANTED.user}\\chat`, `"C:\\\\Users\\\\${PLANTED.user}\\\\x"`,
    'the last line stays',
  ].join('\n'),
  'home/.npm/_logs/2026-01-01-debug-0.log': `verbose npm-auth ${PLANTED.npmUserToken}\nsilly config //npm.example.com/:_authToken=${PLANTED.npmToken}\n`,
}

const environment = {
  AWS_ACCESS_KEY_ID: PLANTED.environmentKey, AWS_SECRET_ACCESS_KEY: PLANTED.environmentSecret, AWS_SESSION_TOKEN: PLANTED.sessionToken, DB_PASSWORD: PLANTED.databasePassword,
  HTTPS_PROXY: `http://grace:${PLANTED.proxyPassword}@${PLANTED.proxyHost}:8080`, NO_PROXY: `localhost,${PLANTED.noProxyHost}`, GITHUB_TOKEN: PLANTED.github,
  WORKSHOP_SHARED_URL: `wss://me:${PLANTED.sharedPass}@${PLANTED.apiId}.execute-api.eu-west-1.amazonaws.com/beta`, USER: PLANTED.user, COMPUTERNAME: PLANTED.computer, AWS_REGION: 'eu-west-1',
  NODE_OPTIONS: `--max-old-space-size=2048`,
}

describe('the report of doctor', () => {
  const removals: (() => void)[] = []
  after(() => { for (const remove of removals) remove() })

  async function report() {
    const { place, remove } = testPlace({ files, environment, settings: { profile: 'planted-company-prod' } })
    removals.push(remove)
    const facts = {
      ...soundMachine(), ...await gather(place),
      credentials: { status: 'ok' as const, account: PLANTED.account, identity: `arn:aws:sts::${PLANTED.account}:assumed-role/admin/${PLANTED.email}` },
      sharedUrl: { url: environment.WORKSHOP_SHARED_URL, status: 403, expected: 101 },
    }
    const file = await writeBundle(place, facts, diagnose(facts))
    return { file, place, text: readFileSync(file, 'utf8') }
  }

  it('holds none of the secrets and names that were planted', async () => {
    const { text, place } = await report()

    for (const [name, secret] of Object.entries({ ...PLANTED, home: place.home, profile: 'planted-company-prod' })) assert.ok(!text.toLowerCase().includes(secret.toLowerCase()), `${name} got through`)
    if (hostname().length >= 3 && hostname() !== 'localhost') assert.ok(!text.includes(hostname()), 'the name of this machine got through')
    assert.doesNotMatch(text, /planted/i)
  })

  it('still says what it is for', async () => {
    const { text } = await report()

    for (const expected of ['== Doctor', '== Facts', '"version": "', 'the last line stays', 'NODE_OPTIONS=--max-old-space-size=2048', 'AWS_REGION=eu-west-1', 'HTTPS_PROXY is set', '<account-1>', 'http://<proxy>:8080', 'npm run explain shared-url-closed'])
      assert.ok(text.includes(expected), expected)
  })

  it('is a file for its owner', { skip: process.platform === 'win32' }, async () => {
    const { file, place } = await report()

    assert.equal(file, path.join(place.workshop, 'doctor-report.txt'))
    assert.equal(statSync(file).mode & 0o777, 0o600)
  })
})

describe('the redactor', () => {
  const redact = createRedactor({ secrets: ['s3cr3t/value'], users: ['ada'], hosts: ['engine'], profiles: ['acme-prod'], home: 'C:\\Users\\ada' }, [['proxy.example', '<proxy>']])
  const cases: [string, string][] = [
    ['a s3cr3t/value b', 'a <secret> b'],
    ['a=s3cr3t%2Fvalue', 'a=<secret>'],
    ['C:\\Users\\ada\\chat, c:/users/ada/chat, "C:\\\\Users\\\\ada\\\\chat"', '~\\chat, ~/chat, "~\\\\chat"'],
    ['{"profile":"acme-prod"}', '{"profile":"<profile>"}'],
    ['Ada on engine, canada, engines', '<user> on <host>, canada, engines'],
    ['http://proxy.example:1', 'http://<proxy>:1'],
    ['https://me:pw@host/x', 'https://<secret>@host/x'],
    ['password: "abcdef"', 'password: "<secret>"'],
    ['account 111122223333 and 444455556666, again 111122223333, local 000000000000', 'account <account-1> and <account-2>, again <account-1>, local 000000000000'],
    ['arn:aws:iam::000000000000:user/grace', 'arn:aws:iam::000000000000:user/<name>'],
    ['10.0.0.7 and 127.0.0.1:4566', '<address> and 127.0.0.1:4566'],
  ]
  for (const [text, safe] of cases) it(`makes of ${text}`, () => assert.equal(redact(text), safe))

  it('leaves ordinary words alone', () => {
    for (const text of [
      'npm-registry-unreachable npm@10.9.0 node v22.11.0', 'commit 0123456789abcdef0123456789abcdef01234567', 'steps/02-send-message/sendMessageToConnectedClient.ts', 'session-expired, no-credentials',
      'Node 22 or 24 (https://nodejs.org)', 'tools/local-aws/api-gateway/integration-responses.test.ts',
    ]) assert.equal(redact(text), text)
  })
})
