import type { Cloud } from './cloud.ts'
import type { Place } from './store.ts'

/** The SDK clients whose exported schemas and types describe the services. Types only: each is loaded when it is first used. */
export type Clients = {
  apigatewayv2: typeof import('@aws-sdk/client-apigatewayv2')
  cloudformation: typeof import('@aws-sdk/client-cloudformation')
  dynamodb: typeof import('@aws-sdk/client-dynamodb')
  iam: typeof import('@aws-sdk/client-iam')
  lambda: typeof import('@aws-sdk/client-lambda')
  logs: typeof import('@aws-sdk/client-cloudwatch-logs')
  s3: typeof import('@aws-sdk/client-s3')
  sqs: typeof import('@aws-sdk/client-sqs')
  ssm: typeof import('@aws-sdk/client-ssm')
  sts: typeof import('@aws-sdk/client-sts')
}
export type ServiceName = keyof Clients

type CommandOf<M, N extends string> = `${N}Command` extends keyof M
  ? M[`${N}Command`] extends abstract new (...args: any[]) => infer C ? C : never
  : never
type Exchange<C> = C extends { readonly input: infer I, resolveMiddleware(...args: any[]): (...args: any[]) => Promise<{ output: infer O }> } ? { input: I, output: O } : never

/** The operation names of a service, from its client's `…Command` exports. */
export type OperationName<S extends ServiceName> = { [K in keyof Clients[S]]: K extends `${infer N}Command` ? N : never }[keyof Clients[S]] & string
export type Input<S extends ServiceName, O extends OperationName<S>> = Exchange<CommandOf<Clients[S], O>>['input']
export type Output<S extends ServiceName, O extends OperationName<S>> = Omit<Exchange<CommandOf<Clients[S], O>>['output'], '$metadata'>

/**
 * What a service can do in one account and region. A missing operation answers "not built"; errors are thrown as AwsError.
 * A streamed input (S3 `Body`) arrives as Uint8Array, and may be answered as one.
 */
export type Operations<S extends ServiceName> = {
  [O in OperationName<S>]?: (input: Input<S, O>, context: Context) => Output<S, O> | Promise<Output<S, O>>
}

/** Who asks. `arn` is what AWS prints as "User: …". */
export type Principal =
  | { kind: 'user', account: string, arn: string, userId: string, userName: string }
  | { kind: 'session', account: string, arn: string, userId: string, roleName: string, sessionPolicy?: string }
  /** an AWS service acting by itself: only resource policies can allow it (E2.2) */
  | { kind: 'service', account: string, arn: string, service: string, sourceArn?: string }

export type Context = Place & {
  caller: Principal
  operation: string
  requestId: string
  /** `http://127.0.0.1:4566`: where clients reach this cloud */
  baseUrl: string
  /** request headers, lower case; empty for calls inside the process */
  headers: Record<string, string>
}

/** What IAM must allow before an operation runs. `resourcePolicy` is the JSON of the policy on the resource itself, if it has one. */
export type Permission = { action: string, resource: string, resourcePolicy?: string, conditions?: Record<string, string> }

export type RawAnswer = { status: number, headers: Record<string, string>, body: Uint8Array }

export type ServiceDefinition<S extends ServiceName = ServiceName> = {
  name: S
  /** the service part of the SigV4 credential scope, e.g. `apigateway` */
  signingName: string
  /** statuses that AWS answers with although its model says otherwise */
  statuses?: { [O in OperationName<S>]?: number }
  /** where older clients still speak awsQuery: the namespace of its answers, and the member that the path of the address stands for */
  query?: { namespace: string, pathMember: string }
  /** imports the SDK client (its schemas decode and encode the wire) */
  load(): Promise<Clients[S]>
  /** Called once per account and region, on first use. */
  open(cloud: Cloud, place: Place): Operations<S>
  /** An empty list: everyone may (GetCallerIdentity). `input` is decoded. */
  permissions(operation: OperationName<S>, input: any, context: Context, cloud: Cloud): Permission[]
  /** Where the implementation speaks the wire itself (dynalite): answers the body as it came, after authorization. Undefined: use `open`. */
  passThrough?(cloud: Cloud, context: Context, body: Uint8Array): Promise<RawAnswer> | undefined
}

/** Keeps the literal service name, so that operations are typed. */
export const defineService = <S extends ServiceName>(definition: ServiceDefinition<S>) => definition
