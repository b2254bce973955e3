import type { MachineFacts } from './machine-facts.ts'

/** For tests: a machine and an account on which everything is as it should be, every subject looked at. */
export const soundMachine = (): Required<MachineFacts> => ({
  chosen: { cloud: 'aws', profile: 'workshop', region: 'eu-west-1', event: { account: '111122223333', region: 'eu-west-1', sharedUrl: 'wss://z9y8x7w6v5.execute-api.eu-west-1.amazonaws.com/beta' } },
  node: { version: '22.11.0', platform: 'linux', arch: 'x64', cpu: 'Some Processor', tlsUnchecked: false },
  npm: { version: '10.9.0', registry: 'https://registry.npmjs.org/', registryStatus: '200' },
  packages: { missing: [], wrong: [], binaries: ['linux-x64'], wanted: 'linux-x64' },
  disk: { freeBytes: 50_000_000_000 },
  folder: { path: '/home/ada/chat', platform: 'linux', wsl: false, writable: true },
  git: { version: '2.47.0', crlf: 0, platform: 'linux' },
  terminal: { isTTY: true, colour: true, columns: 120 },
  port: { port: 4566, use: 'free' },
  state: { unusable: [] },
  proxy: {},
  endpoints: [{ host: 'sts.eu-west-1.amazonaws.com', status: 302, ms: 40 }, { host: 'lambda.eu-west-1.amazonaws.com', status: 403, ms: 42 }],
  clock: { skewSeconds: 1, against: 'sts.eu-west-1.amazonaws.com' },
  credentials: { status: 'ok', account: '111122223333', identity: 'arn:aws:sts::111122223333:assumed-role/workshop/ada', minutesLeft: 480 },
  region: { chosen: 'eu-west-1', named: { settings: 'eu-west-1' } },
  bootstrap: { version: 30 },
  lambda: { concurrent: 1000, unreserved: 1000, runtimes: { 'nodejs22.x': true, 'nodejs24.x': true } },
  permissions: { denied: [], asked: 7 },
  webSocket: { url: 'wss://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/doctor-0000', status: 403, expected: 403 },
  sharedUrl: { url: 'wss://z9y8x7w6v5.execute-api.eu-west-1.amazonaws.com/beta', status: 101, expected: 101 },
  notKnown: {},
})
