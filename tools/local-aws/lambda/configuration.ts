import type { CreateFunctionCommandInput, UpdateFunctionConfigurationCommandInput } from '@aws-sdk/client-lambda'
import { notBuilt } from '../aws-error.ts'
import type { Cloud } from '../cloud.ts'
import type { Place } from '../store.ts'
import { invalidParameter, violates } from './errors.ts'
import { arnOf, type FunctionRecord } from './function-store.ts'
import type { StoredPackage } from './packages.ts'
import { checkRuntime, runtimeVersionArn } from './runtimes.ts'
import { checkVariables } from './variables.ts'

type Settings = CreateFunctionCommandInput | UpdateFunctionConfigurationCommandInput

const ROLE_PATTERN = 'arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+'
const role = new RegExp(`^${ROLE_PATTERN}$`)
const HANDLER_PATTERN = '[^\\s]+'

/** Refuses values that AWS's model refuses (`ValidationException`), before anything is looked up. */
export function checkConstraints({ Role, Handler, Timeout, MemorySize }: Settings): void {
  if (Role !== undefined && !role.test(Role)) throw violates(Role, 'role', `Member must satisfy regular expression pattern: ${ROLE_PATTERN}`)
  if (Handler !== undefined && !/^\S+$/.test(Handler)) throw violates(Handler, 'handler', `Member must satisfy regular expression pattern: ${HANDLER_PATTERN}`)
  checkRange('timeout', Timeout, 1, 900)
  checkRange('memorySize', MemorySize, 128, 10_240)
}

function checkRange(member: string, value: number | undefined, least: number, most: number) {
  if (value === undefined) return
  if (value < least) throw violates(value, member, `Member must have value greater than or equal to ${least}`)
  if (value > most) throw violates(value, member, `Member must have value less than or equal to ${most}`)
}

/** Refuses runtimes, variables and roles that AWS refuses (D4), and settings that the local AWS does not have. */
export function checkSettings(input: Settings, cloud: Cloud): void {
  if (input.Runtime !== undefined) checkRuntime(input.Runtime)
  checkVariables(input.Environment?.Variables)
  if (input.Role !== undefined && !cloud.authority.trusts(input.Role, 'lambda.amazonaws.com')) throw invalidParameter('The role defined for the function cannot be assumed by Lambda.')

  const missing = [
    [input.Layers?.length, 'layers'], [input.VpcConfig?.SubnetIds?.length, 'VpcConfig'], [input.FileSystemConfigs?.length, 'FileSystemConfigs'],
    [input.DeadLetterConfig?.TargetArn, 'DeadLetterConfig'], [input.KMSKeyArn, 'KMSKeyArn'], [input.SnapStart?.ApplyOn === 'PublishedVersions', 'SnapStart'],
    [input.ImageConfig, 'ImageConfig'], [input.LoggingConfig?.SystemLogLevel, 'SystemLogLevel'],
  ].find(([isWanted]) => isWanted)
  if (missing) throw notBuilt(`lambda ${missing[1]}`)
}

/** A zip package needs a runtime and a handler. */
export function checkComplete({ Runtime, Handler }: CreateFunctionCommandInput): void {
  if (!Runtime || !Handler) throw invalidParameter('Runtime and Handler are mandatory parameters for functions created with deployment packages.')
}

/** The configuration of a new function: what was given, and AWS's defaults. */
export function newConfiguration(input: CreateFunctionCommandInput, name: string, code: StoredPackage, cloud: Cloud, place: Place): FunctionRecord['configuration'] {
  const { Runtime, Handler, Role, Description = '', Timeout = 3, MemorySize = 128, TracingConfig, Architectures, EphemeralStorage, LoggingConfig, Environment } = input
  return {
    FunctionName: name, FunctionArn: arnOf(place, name), Runtime: Runtime!, Role: Role!, Handler: Handler!, ...code, Description, Timeout, MemorySize,
    LastModified: lastModified(cloud), Version: '$LATEST', TracingConfig: { Mode: TracingConfig?.Mode ?? 'PassThrough' },
    PackageType: 'Zip', Architectures: Architectures ?? ['x86_64'], EphemeralStorage: { Size: EphemeralStorage?.Size ?? 512 },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' }, RuntimeVersionConfig: { RuntimeVersionArn: runtimeVersionArn(place.region, Runtime!) },
    LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${name}`, ...LoggingConfig },
    ...(Environment?.Variables && { Environment: { Variables: Environment.Variables } }),
  }
}

/** Changes what UpdateFunctionConfiguration names and leaves the rest. An empty list of variables takes them all away. */
export function changeConfiguration({ configuration }: FunctionRecord, input: UpdateFunctionConfigurationCommandInput, cloud: Cloud, place: Place): void {
  const { Role, Handler, Description, Timeout, MemorySize, Runtime, TracingConfig, EphemeralStorage, LoggingConfig, Environment } = input
  const given = { Role, Handler, Description, Timeout, MemorySize, Runtime, TracingConfig, EphemeralStorage }
  for (const [member, value] of Object.entries(given)) if (value !== undefined) Object.assign(configuration, { [member]: value })
  if (LoggingConfig) configuration.LoggingConfig = { ...configuration.LoggingConfig, ...LoggingConfig }
  if (Runtime) configuration.RuntimeVersionConfig = { RuntimeVersionArn: runtimeVersionArn(place.region, Runtime) }
  if (Environment) {
    delete configuration.Environment
    if (Object.keys(Environment.Variables ?? {}).length > 0) configuration.Environment = { Variables: Environment.Variables }
  }
  configuration.LastModified = lastModified(cloud)
}

/** @returns e.g. `2026-09-22T17:32:40.123+0000` */
export const lastModified = (cloud: Cloud) => new Date(cloud.clock.now()).toISOString().replace('Z', '+0000')
