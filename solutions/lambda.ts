import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda'
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs'
import { buildSync, type BuildFailure, type Message } from 'esbuild'
import type { ChatStack } from './chat.ts'

/**
 * A Lambda function from one TypeScript file that exports `handler`.
 *
 * @param file below the root of the steps, such as `01-connect/putConnectedClientToDDB.ts`
 * @throws BundleError where the file is missing or has a syntax error; its message begins with file and line
 */
export function lambda(chat: ChatStack, name: string, file: string) {
  const functionName = chat.named(name)
  const logGroup = new LogGroup(chat, `${name}Logs`, {
    logGroupName: `/aws/lambda/${functionName}`,
    retention: RetentionDays.ONE_WEEK,
    removalPolicy: RemovalPolicy.DESTROY,
  })

  // Not AWSLambdaBasicExecutionRole: it may create log groups, and a late log line would bring the group back after the stack is gone.
  const role = new Role(chat, `${name}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })
  logGroup.grantWrite(role)

  const folder = mkdtempSync(path.join(tmpdir(), 'chat-'))
  try {
    writeFileSync(path.join(folder, 'index.js'), bundle(file, chat))
    return new LambdaFunction(chat, name, {
      functionName, logGroup, role,
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromAsset(folder), // copied at once, so the folder may go
      memorySize: 256,
      timeout: Duration.seconds(5),
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * The file and all it imports as one CommonJS file. A package that is not installed here is left for Lambda to find, or to miss: that is
 * how `aws-sdk`, which current runtimes no longer have, fails when it is called and not before.
 */
function bundle(file: string, from: Pick<ChatStack, 'root' | 'nodePaths'>, external: string[] = []): Uint8Array {
  const { root, nodePaths } = from
  try {
    const { outputFiles: [output] } = buildSync({
      entryPoints: [path.join(root, file)],
      absWorkingDir: root, // paths in the output are relative to it, so the same code has the same hash on every machine
      bundle: true, platform: 'node', target: 'node22', format: 'cjs', charset: 'utf8',
      external, nodePaths, outfile: 'index.js', write: false, logLevel: 'silent',
    })
    return output!.contents
  } catch (error) {
    const { errors = [] } = error as BuildFailure
    const missing = errors.map(missingPackage)
    if (errors.length === 0 || missing.includes(undefined)) throw new BundleError(file, root, errors, error)
    return bundle(file, from, [...external, ...missing as string[]])
  }
}

/** The package that could not be found, if that is what esbuild says. A file that could not be found is a mistake, not a package. */
const missingPackage = ({ text }: Message) => /^Could not resolve "([^./"][^"]*)"/.exec(text)?.[1]

/** What is wrong with a file, and where: `steps/01-connect/putConnectedClientToDDB.ts:12:3`. */
export class BundleError extends Error {
  override name = 'BundleError'
  readonly where: string

  constructor(file: string, root: string, errors: Message[], cause: unknown) {
    const [first] = errors.filter((error) => !missingPackage(error))
    const { file: at = file, line, column } = first?.location ?? {}
    const shown = path.posix.join(path.basename(root), at.replaceAll(path.sep, '/'))
    const where = [shown, line, column].filter((part) => part !== undefined).join(':')
    super(`${where} ${first?.text ?? (cause as Error).message}`, { cause })
    this.where = where
  }
}
