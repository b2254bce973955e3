/**
 * What doctor found out about a machine and the account it works on, as plain JSON. A subject that is missing was not looked at (nothing off
 * loopback is asked on the local AWS), or could not be told: then `notKnown` says why. A finding needs the subject that it reads.
 */
export type MachineFacts = {
  chosen?: ChosenFacts
  node?: NodeFacts
  npm?: NpmFacts
  packages?: PackagesFacts
  disk?: { freeBytes: number }
  folder?: FolderFacts
  git?: GitFacts
  terminal?: { isTTY: boolean, colour: boolean, columns?: number }
  port?: PortFacts
  state?: StateFacts
  proxy?: ProxyFacts
  endpoints?: EndpointFacts[]
  clock?: { skewSeconds: number, against: string }
  credentials?: CredentialsFacts
  region?: RegionFacts
  bootstrap?: { version?: number, denied?: boolean }
  lambda?: LambdaFacts
  permissions?: { denied: string[], asked: number }
  webSocket?: WebSocketFacts
  sharedUrl?: WebSocketFacts
  /** subject → why it could not be told */
  notKnown?: Record<string, string>
}

export type Subject = Exclude<keyof MachineFacts, 'notKnown' | 'chosen'>

/** `event` is the `workshop` key of package.json: what the facilitator expects. Empty texts are left out. */
export type ChosenFacts = {
  cloud: 'local' | 'aws'
  profile?: string
  region?: string
  suffix?: string
  /** the shell's AWS_ENDPOINT_URL, where it is set */
  endpointVariable?: string
  event: { account?: string, region?: string, sharedUrl?: string }
}

export type NodeFacts = {
  /** `22.11.0` */
  version: string
  platform: string
  arch: string
  /** the processor's own name, `Apple M2`: tells an emulated Node */
  cpu?: string
  /** NODE_TLS_REJECT_UNAUTHORIZED=0 */
  tlsUnchecked: boolean
}

/** `version` is missing where no npm lies beside Node and none started us. `registryStatus`: HTTP status of a ping, or the error's code. */
export type NpmFacts = { version?: string, registry: string, registryStatus?: string }

/** Against package-lock.json: names that are not there, names of another version, and the systems (`linux-x64`) that esbuild is there for. */
export type PackagesFacts = { missing: string[], wrong: string[], binaries: string[], wanted: string }

export type FolderFacts = { path: string, platform: string, wsl: boolean, writable: boolean }

/** `version` is missing where there is no git. `crlf`: files below `steps/` whose lines end with CR LF. */
export type GitFacts = { version?: string, autocrlf?: string, crlf: number, platform: string }

export type PortFacts = {
  port: number
  /** `ours`: this folder's local AWS. `kit`: that of another folder. */
  use: 'free' | 'ours' | 'kit' | 'other'
  /** `node (process 4711)`, where the system lets one know */
  by?: string
}

/** Processes that files of `.workshop/local` name. `answers`: whether the address in running.json does. `unusable`: sentences. */
export type StateFacts = { lock?: Owner, running?: Owner & { answers: boolean }, unusable: string[] }
export type Owner = { pid: number, alive: boolean }

/** Addresses without user and password. The SDK's clients and `ws` go past them, whatever NODE_USE_ENV_PROXY says: they bring agents of their own. */
export type ProxyFacts = { http?: string, https?: string, noProxy?: string }

/** One look at a service: the HTTP status, whatever it is, says that name, network and certificate are right; else the error's code. */
export type EndpointFacts = { host: string, status?: number, error?: string, ms: number }

export type CredentialsFacts = {
  status: 'ok' | 'none' | 'no-profile' | 'expired' | 'refused'
  account?: string
  /** ARN of whoever the keys belong to */
  identity?: string
  /** until temporary keys end */
  minutesLeft?: number
  message?: string
}

/** Where a region is named: settings, AWS_REGION, AWS_DEFAULT_REGION, the profile. `chosen` is the one that counts. */
export type RegionFacts = { chosen?: string, named: Record<string, string> }

/** `runtimes`: whether the account's Lambda knows each; missing where it did not say. */
export type LambdaFacts = { concurrent?: number, unreserved?: number, runtimes: Record<string, boolean> }

/** A handshake. `expected` is what the probe hoped for: 403 for a stage that cannot exist, 101 for a shared URL. */
export type WebSocketFacts = { url: string, status?: number, error?: string, expected: number }
