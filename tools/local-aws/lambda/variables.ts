import path from 'node:path'
import type { Credential } from '../iam/authority.ts'
import type { FunctionRecord } from './function-store.ts'
import { invalidParameter } from './errors.ts'

const MAX_BYTES = 4096
const RESERVED = [
  '_HANDLER', '_X_AMZN_TRACE_ID', 'AWS_DEFAULT_REGION', 'AWS_REGION', 'AWS_EXECUTION_ENV', 'AWS_LAMBDA_FUNCTION_NAME', 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_VERSION', 'AWS_LAMBDA_INITIALIZATION_TYPE', 'AWS_LAMBDA_LOG_GROUP_NAME', 'AWS_LAMBDA_LOG_STREAM_NAME', 'AWS_ACCESS_KEY', 'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_LAMBDA_RUNTIME_API', 'LAMBDA_TASK_ROOT', 'LAMBDA_RUNTIME_DIR',
]
const NAME = /^[a-zA-Z]\w+$/

/** Refuses the variables that AWS refuses. @see D4.10 */
export function checkVariables(variables: Record<string, string> = {}): void {
  const reserved = Object.keys(variables).filter((name) => RESERVED.includes(name))
  if (reserved.length > 0)
    throw invalidParameter(`Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(', ')}`)

  const odd = Object.keys(variables).find((name) => !NAME.test(name))
  if (odd !== undefined) throw invalidParameter(`1 validation error detected: Value at 'environment.variables' failed to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]`)

  const measured = JSON.stringify(variables)
  if (Buffer.byteLength(measured) > MAX_BYTES)
    throw invalidParameter(`Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. String measured: ${measured}`)
}

export type VariablesOptions = { record: FunctionRecord, region: string, credential: Credential, logStream: string, folder: string }

/**
 * The environment of a function's process: AWS's list (D4) and the function's own. Never AWS_ENDPOINT_URL, which would hide a forgotten endpoint.
 *
 * Differs from AWS: LAMBDA_TASK_ROOT, PWD and the last part of NODE_PATH name the real folder, not /var/task.
 */
export function variablesOf({ record: { configuration }, region, credential, logStream, folder }: VariablesOptions): Record<string, string> {
  const { FunctionName, Handler, MemorySize, Runtime, LoggingConfig, Environment } = configuration
  const major = /\d+/.exec(Runtime)![0]
  return {
    PATH: ['/var/lang/bin', '/usr/local/bin', '/usr/bin/', '/bin', '/opt/bin'].join(path.delimiter),
    LD_LIBRARY_PATH: '/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib',
    NODE_PATH: [`/opt/nodejs/node${major}/node_modules`, '/opt/nodejs/node_modules', '/var/runtime/node_modules', '/var/runtime', folder].join(path.delimiter),
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    SHLVL: '0',
    PWD: folder,
    LAMBDA_TASK_ROOT: folder,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    _HANDLER: Handler,
    _X_AMZN_TRACE_ID: '',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${Runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: FunctionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(MemorySize),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: LoggingConfig!.LogGroup!,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    AWS_LAMBDA_RUNTIME_API: '169.254.100.1:9001',
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    AWS_XRAY_DAEMON_ADDRESS: '169.254.100.1:2000',
    _AWS_XRAY_DAEMON_ADDRESS: '169.254.100.1',
    _AWS_XRAY_DAEMON_PORT: '2000',
    ...(LoggingConfig!.LogFormat === 'JSON' && { AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: LoggingConfig!.ApplicationLogLevel ?? 'INFO' }),
    ...Environment?.Variables,
    AWS_ACCESS_KEY_ID: credential.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credential.secretAccessKey,
    AWS_SESSION_TOKEN: credential.sessionToken ?? '',
  }
}
