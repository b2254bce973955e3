import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda'
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs'
import { buildSync, type BuildFailure, type BuildOptions } from 'esbuild'
import type { ChatStack, CodeSource } from './chat.ts'

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
    writeFileSync(path.join(folder, 'index.js'), bundle(file, chat.code))
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

/** The file and all it imports as one CommonJS file, from `bundles` if nothing of it that is below `root` has changed since. */
function bundle(file: string, code: CodeSource): Uint8Array {
  const ownCode = build(file, code, { packages: 'external' })
  const source = Buffer.from(ownCode).toString()
  const known = code.bundles.get(source)
  if (known) return known

  const bundled = bundleAll(file, code)
  code.bundles.set(source, bundled)
  return bundled
}

/**
 * A package that is not installed here is left for Lambda to find, or to miss: that is how `aws-sdk`, which current runtimes no longer have,
 * fails when the function is called, and not before.
 */
function bundleAll(file: string, code: CodeSource, external: string[] = []): Uint8Array {
  try {
    return build(file, code, { external })
  } catch (error) {
    const missing = error instanceof BundleError ? error.missingPackages : []
    if (missing.length === 0) throw error
    return bundleAll(file, code, [...external, ...missing])
  }
}

function build(file: string, { root, nodePaths }: CodeSource, packages: Pick<BuildOptions, 'packages' | 'external'>): Uint8Array {
  try {
    const { outputFiles: [output] } = buildSync({
      ...packages, nodePaths,
      entryPoints: [path.join(root, file)],
      absWorkingDir: root, // paths in the output are relative to it, so the same code has the same hash on every machine
      bundle: true, platform: 'node', target: 'node22', format: 'cjs', charset: 'utf8',
      mainFields: ['module', 'main'], // of ES modules only what is used gets in, a third less to load
      outfile: 'index.js', write: false, logLevel: 'silent',
    })
    return output!.contents
  } catch (error) {
    throw new BundleError(file, root, error as BuildFailure)
  }
}

/** What is wrong with a file, and where: `steps/01-connect/putConnectedClientToDDB.ts:12:3`. */
export class BundleError extends Error {
  override name = 'BundleError'
  readonly where: string
  /** the packages that could not be found, if nothing else is wrong; a file that could not be found is a mistake, not a package */
  readonly missingPackages: string[]

  constructor(file: string, root: string, cause: BuildFailure) {
    const { errors = [] } = cause
    const missing = errors.map(({ text }) => /^Could not resolve "([^./"][^"]*)"/.exec(text)?.[1])
    const first = errors.find((_, index) => !missing[index]) ?? errors[0]
    const { file: at = file, line, column } = first?.location ?? {}
    const shown = path.posix.join(path.basename(root), at.replaceAll(path.sep, '/'))
    const where = [shown, line, column].filter((part) => part !== undefined).join(':')
    super(`${where} ${first?.text ?? cause.message}`, { cause })
    this.where = where
    this.missingPackages = missing.includes(undefined) ? [] : missing as string[]
  }
}
