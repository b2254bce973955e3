import { createHash } from 'node:crypto'
import { notBuilt } from '../aws-error.ts'
import { invalidParameter } from './errors.ts'

/** Known to AWS and run here. */
const RUNNABLE = ['nodejs22.x', 'nodejs24.x']
/** Functions can no longer be created or updated with these (D4.9, D4.13, D4.14). */
const BLOCKED = [
  'nodejs', 'nodejs4.3', 'nodejs4.3-edge', 'nodejs6.10', 'nodejs8.10', 'nodejs10.x', 'nodejs12.x', 'nodejs14.x', 'nodejs16.x', 'nodejs18.x', 'nodejs20.x',
  'python2.7', 'python3.6', 'python3.7', 'python3.8', 'python3.9', 'ruby2.5', 'ruby2.7', 'dotnetcore1.0', 'dotnetcore2.0', 'dotnetcore2.1', 'dotnetcore3.1',
  'dotnet6', 'go1.x', 'java8', 'provided',
]
/** AWS runs them; the local AWS has no such language, or does not know the rules yet (D4.17). */
const ELSEWHERE = [
  'nodejs26.x', 'python3.10', 'python3.11', 'python3.12', 'python3.13', 'python3.14', 'java8.al2', 'java11', 'java17', 'java21', 'java25', 'dotnet8', 'dotnet10',
  'ruby3.2', 'ruby3.3', 'ruby3.4', 'provided.al2', 'provided.al2023',
]

/**
 * Refuses a runtime that AWS refuses, with its words, and one that only AWS can run, with ours.
 * @see D4.8, D4.9
 */
export function checkRuntime(runtime: string): void {
  if (RUNNABLE.includes(runtime)) return
  if (BLOCKED.includes(runtime))
    throw invalidParameter(`The runtime parameter of ${runtime} is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.`)
  if (ELSEWHERE.includes(runtime)) throw notBuilt(`lambda runtime ${runtime} (${RUNNABLE.join(' and ')} are)`)
  throw invalidParameter(`Value ${runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [${[...RUNNABLE, ...ELSEWHERE].join(', ')}] or be a valid ARN`)
}

/** @returns e.g. `arn:aws:lambda:us-east-1::runtime:<64 hex>`, the same for all functions of a runtime */
export const runtimeVersionArn = (region: string, runtime: string) =>
  `arn:aws:lambda:${region}::runtime:${createHash('sha256').update(runtime).digest('hex')}`
