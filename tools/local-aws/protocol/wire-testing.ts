import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { manualClock } from '../clock.ts'
import { createEvents } from '../events.ts'
import type { Authority, Credential } from '../iam/authority.ts'
import type { Clients, Context, ServiceDefinition, ServiceName } from '../service.ts'
import type { WireParts } from './wire.ts'
import { createWireHandler } from './index.ts'

export type Received = { service: ServiceName, operation: string, input: any, context: Context, body?: Uint8Array }

const PACKAGES: { [S in ServiceName]: { signingName: string, load(): Promise<Clients[S]> } } = {
  apigatewayv2: { signingName: 'apigateway', load: () => import('@aws-sdk/client-apigatewayv2') },
  cloudformation: { signingName: 'cloudformation', load: () => import('@aws-sdk/client-cloudformation') },
  dynamodb: { signingName: 'dynamodb', load: () => import('@aws-sdk/client-dynamodb') },
  iam: { signingName: 'iam', load: () => import('@aws-sdk/client-iam') },
  lambda: { signingName: 'lambda', load: () => import('@aws-sdk/client-lambda') },
  logs: { signingName: 'logs', load: () => import('@aws-sdk/client-cloudwatch-logs') },
  s3: { signingName: 's3', load: () => import('@aws-sdk/client-s3') },
  sqs: { signingName: 'sqs', load: () => import('@aws-sdk/client-sqs') },
  ssm: { signingName: 'ssm', load: () => import('@aws-sdk/client-ssm') },
  sts: { signingName: 'sts', load: () => import('@aws-sdk/client-sts') },
}
export const serviceNames = Object.keys(PACKAGES) as ServiceName[]

export const testKeys = { accessKeyId: 'AKIATESTTESTTESTTEST', secretAccessKey: 'test-secret' }
export const testSession = { accessKeyId: 'ASIATESTTESTTESTTEST', secretAccessKey: 'session-secret', sessionToken: 'session-token' }

/** For tests: the wire layer on a real port, in front of services that do nothing but call `reply`. */
export async function startWire({ clock = manualClock(Date.now()), reply = () => ({}), flush = async () => {} }: {
  clock?: ReturnType<typeof manualClock>
  /** stands for every handler of every service */
  reply?: (received: Received) => unknown
  flush?: () => Promise<void>
} = {}) {
  const received: Received[] = []
  const loaded: ServiceName[] = []
  const session = { ...testSession, expiresAt: clock.now() + 3_600_000 }
  const credentials = new Map<string, Credential>([testKeys, session].map((keys, index) => [keys.accessKeyId, {
    ...keys,
    principal: { kind: 'user', account: `00000000000${index}`, arn: `arn:aws:iam::00000000000${index}:user/test`, userId: 'AIDATEST', userName: 'test' },
  }]))
  const services = serviceNames.map((name) => ({
    name, signingName: PACKAGES[name].signingName,
    load: async () => (loaded.push(name), await PACKAGES[name].load()),
  })) as unknown as ServiceDefinition[]
  const cloud: WireParts['cloud'] = {
    clock,
    events: createEvents(clock.now),
    authority: { credential: (id: string) => credentials.get(id) } as Authority,
    store: { flush } as WireParts['cloud']['store'],
    url: 'http://127.0.0.1:1',
  }
  const handle = createWireHandler({
    services, cloud,
    run: async ({ name }, operation, input, context, body) => {
      const call: Received = { service: name, operation, input, context, body }
      received.push(call)
      return reply(call)
    },
  })

  const server = http.createServer((request, response) => void handle(request, response))
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    endpoint, received, loaded, clock, services, events: cloud.events,
    /** options for SDK clients; `forcePathStyle` matters to S3 only */
    client: { endpoint, region: 'eu-west-1', credentials: testKeys, maxAttempts: 1, forcePathStyle: true },
    async stop() {
      const closed = new Promise((resolve) => { server.close(resolve) })
      server.closeAllConnections()
      await closed
    },
  }
}
