import { readFileSync } from 'node:fs'
import type { STSClientConfig } from '@aws-sdk/client-sts'
import { KitError } from './kit-error.ts'
import { inWorkshop } from './paths.ts'
import { isAlive } from './processes.ts'
import { readJsonFile } from './settings.ts'

/** The cloud that a command works on, the same shape for both. */
export type ChosenCloud = {
  name: 'local' | 'aws'
  account: string
  region: string
  suffix?: string
  /** ARN of whoever the keys belong to */
  identity: string
  /** local: `http://127.0.0.1:4566`; on aws only where AWS_ENDPOINT_URL names another AWS than the real one */
  endpoint?: string
  /** aws only: where else the participant's things may be, since somebody's tools point there */
  otherRegions?: string[]
  /** options for every SDK client */
  client: { region: string, endpoint?: string, credentials?: STSClientConfig['credentials'], retryMode?: string, maxAttempts?: number }
  /** by which a child process (cdk, awscli) reaches the same cloud */
  environment: Record<string, string>
  /** the URL that a plain WebSocket client takes: `wss://API.execute-api…/STAGE`, or `ws://localhost:4566/API/STAGE` */
  webSocketUrl(apiId: string, stage: string): string
  /** the `endpoint` of an ApiGatewayManagementApiClient */
  managementEndpoint(apiId: string, stage: string): string
}

/** How a running local AWS is reached; `running.json` in its state folder. */
export type Running = { pid: number, url: string, token: string, account: string, region: string, startedAt: string }

export type Keys = { accessKeyId: string, secretAccessKey: string }

export const localState = () => inWorkshop('local')

/** The local AWS that `state` says is running, if its process is alive. */
export function runningLocal(state = localState()): Running | undefined {
  const running = readJsonFile<Running>(`${state}/running.json`)
  return running && isAlive(running.pid) ? running : undefined
}

/** The local cloud as commands use it. `keys` belong to its account's administrator. */
export function localCloud({ url, account, region, keys, suffix }: { url: string, account: string, region: string, keys: Keys, suffix?: string }): ChosenCloud {
  const { port } = new URL(url)
  return {
    name: 'local', account, region, suffix,
    identity: `arn:aws:iam::${account}:user/workshop`,
    endpoint: url,
    client: { region, endpoint: url, credentials: keys },
    environment: {
      AWS_ENDPOINT_URL: url,
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_ACCESS_KEY_ID: keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    webSocketUrl: (apiId, stage) => `ws://localhost:${port}/${apiId}/${stage}`,
    managementEndpoint: (apiId, stage) => `${url}/${apiId}/${stage}`,
  }
}

/** The running local AWS of `state` as a cloud. Throws KitError where none runs. */
export function connectLocal({ state = localState(), suffix }: { state?: string, suffix?: string } = {}): ChosenCloud {
  const running = runningLocal(state)
  if (!running)
    throw new KitError({ what: 'The local AWS is not running.', where: state, next: 'Start it in another terminal: npm start' })
  return localCloud({ ...running, keys: readKeys(state), suffix })
}

export const readKeys = (state: string): Keys => JSON.parse(readFileSync(`${state}/credentials`, 'utf8'))
