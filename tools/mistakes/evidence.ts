/**
 * What verify saw, as plain JSON: the failing check first, then what it observed, then the facts of the chat that were known by then.
 * Texts and lists are never missing, only empty, so that a matcher can test them without asking first.
 */
export type Evidence = {
  step: number
  /** id of the check that failed */
  check: string
  /** what was seen, in one or two sentences for the participant */
  seen: string
  /** the participant's own code in the deployed package of the function that the check is about, bundled libraries left out */
  source: string
  /** last lines of that function's log */
  log: string
  /** what the function answered when verify invoked it */
  answer?: Answer
  /** what a client got that wanted in */
  handshake?: Handshake
  /** what clients received: probes are numbered from 1 */
  frames: Frame[]
  /** actions that the function's role lacks, e.g. `dynamodb:PutItem` */
  denied: string[]
  /** actions that were refused inside the function although its policies allow them */
  allowed: string[]
  /** what the participant said of a message, and what came of it */
  claim?: Claim
  /** whether the deployed code is what lies in `steps/`; undefined where that cannot be told */
  sameCode?: boolean
  chat: ChatFacts
  /** the function that the check is about */
  about?: FunctionName
  /** texts of `steps/` by their path, `steps/01-connect/connect.ts`, where what is deployed came from there */
  files?: Record<string, string>
  /** where a chat is, since there is none where verify looked: sentences with the command that leads there */
  elsewhere?: string[]
  /** the check itself broke; nothing is said about the participant's work. `isDenied`: who runs verify lacks the right to look */
  broken?: { name: string, message: string, isDenied?: true }
  refs?: Refs
}

export type Refs = { connectionId?: string, requestId?: string }

/** `status` and `body` are there for a proxy result, the two error fields where the function failed. */
export type Answer = { status?: number, body?: string, errorType?: string, errorMessage?: string, payload: string }

/** HTTP status of the answer to a handshake: 101 lets the client in. `error` where there was no HTTP answer at all. */
export type Handshake = { status?: number, body?: string, error?: string }

/**
 * `sends`: what a client sends; `reads`: what should come back, as the participant wrote it; `came`: what did, errors of the gateway as their
 * message. Without `came` nothing was sent.
 */
export type Claim = { kind: string, sends: string, reads: string, came?: string[] }

export type Frame = { client: number, text: string }

export type FunctionName = 'putConnectedClientToDDB' | 'sendMessageToConnectedClient' | 'removeDisconnectedClient' | 'sayGoodbye' | 'understandPlainText'

/** What is known of the participant's resources; a part is missing where it does not exist or was not looked at. */
export type ChatFacts = {
  stack?: StackFacts
  api?: ApiFacts
  routes?: RouteFacts[]
  stages?: StageFacts[]
  /** the stage that clients should use */
  stage?: StageFacts
  table?: TableFacts
  functions: Partial<Record<FunctionName, FunctionFacts>>
}

export type StackFacts = {
  name: string
  status: string
  statusReason?: string
  outputs: Record<string, string>
  resources: { logicalId: string, type: string, physicalId: string }[]
}

export type ApiFacts = { id: string, name: string, endpoint: string, routeSelectionExpression: string }

export type RouteFacts = {
  id: string
  key: string
  integration?: { id: string, type: string, uri?: string }
  /** the function that the integration leads to */
  functionName?: string
  /** whether that function's policy lets this API's route invoke it; undefined where it leads to no function or nobody may read the policy */
  mayInvoke?: boolean
  /** who may call the route: `NONE`, `AWS_IAM` or `CUSTOM` */
  authorization?: string
}

export type StageFacts = {
  name: string
  autoDeploy: boolean
  deploymentId?: string
  /** ISO 8601 */
  deployedAt?: string
  lastDeploymentStatusMessage?: string
}

export type TableFacts = {
  name: string
  status: string
  keys: { name: string, role: 'HASH' | 'RANGE', type: string }[]
}

export type FunctionFacts = {
  name: string
  arn: string
  state: string
  lastUpdateStatus?: string
  runtime: string
  handler: string
  role: string
  timeoutSeconds: number
  environment: Record<string, string>
}
