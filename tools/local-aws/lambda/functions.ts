import { notBuilt } from '../aws-error.ts'
import type { Operations } from '../service.ts'
import { changeConfiguration, checkComplete, checkConstraints, checkSettings, lastModified, newConfiguration } from './configuration.ts'
import { conflict, invalidParameter, preconditionFailed } from './errors.ts'
import { findFunction, referenceTo, type FunctionRecord } from './function-store.ts'
import type { Lambda } from './lambda.ts'
import { pageOf } from './pages.ts'
import { unreservedLimit } from './pool.ts'

/** Functions: create, read, change, delete. */
export function functionOperations(lambda: Lambda) {
  const { cloud, place, document, packages, pool, transitions } = lambda
  const { functions } = document.data
  const find = (input: { FunctionName: string | undefined, Qualifier?: string }) => findFunction(document.data, place, input.FunctionName, input.Qualifier)

  return {
    async CreateFunction(input, { caller }) {
      const { name } = referenceTo(input.FunctionName, place)
      checkConstraints(input)
      if (input.Publish) throw notBuilt('lambda CreateFunction with Publish')
      if (input.PackageType === 'Image' || input.Code?.ImageUri) throw notBuilt('lambda PackageType Image')
      if (input.CodeSigningConfigArn) throw notBuilt('lambda CodeSigningConfig')
      // D4.5: the text is that of emulators.
      if (functions[name]) throw conflict(`Function already exist: ${name}`)
      checkSettings(input, cloud)
      checkComplete(input)

      const code = await packages.keep(input.Code ?? {}, caller)
      if (functions[name]) throw conflict(`Function already exist: ${name}`)
      const record: FunctionRecord = { configuration: newConfiguration(input, name, code, cloud, place), tags: { ...input.Tags } }
      functions[name] = record
      transitions.create(record)
      return answer(record)
    },

    GetFunction(input) {
      const record = find(input)
      return {
        Configuration: answer(record),
        Code: { RepositoryType: 'S3', Location: packages.location(record.configuration.CodeSha256) },
        ...(Object.keys(record.tags).length > 0 && { Tags: { ...record.tags } }),
        ...(record.reservedConcurrency !== undefined && { Concurrency: { ReservedConcurrentExecutions: record.reservedConcurrency } }),
      }
    },

    GetFunctionConfiguration: (input) => answer(find(input)),

    async UpdateFunctionCode(input, { caller }) {
      const record = find(input)
      if (input.Publish) throw notBuilt('lambda UpdateFunctionCode with Publish')
      if (input.ImageUri) throw notBuilt('lambda PackageType Image')
      checkRevision(record, input.RevisionId)
      transitions.demandSettled(record)
      const code = await packages.keep(input, caller)
      if (input.DryRun) {
        await packages.release(code.CodeSha256)
        return { ...answer(record), ...code }
      }

      transitions.demandSettled(record)
      const before = record.configuration.CodeSha256
      Object.assign(record.configuration, code, { LastModified: lastModified(cloud), ...(input.Architectures && { Architectures: input.Architectures }) })
      transitions.update(record)
      pool.retire(record.configuration.FunctionName)
      const inProgress = answer(record)
      await packages.release(before)
      return inProgress
    },

    UpdateFunctionConfiguration(input) {
      const record = find(input)
      checkConstraints(input)
      checkRevision(record, input.RevisionId)
      transitions.demandSettled(record)
      checkSettings(input, cloud)

      changeConfiguration(record, input, cloud, place)
      transitions.update(record)
      pool.retire(record.configuration.FunctionName)
      return answer(record)
    },

    async DeleteFunction(input) {
      const { configuration } = find(input)
      if (input.Qualifier) throw invalidParameter('$LATEST version cannot be deleted without deleting the function.')
      delete functions[configuration.FunctionName]
      document.changed()
      pool.retire(configuration.FunctionName)
      await packages.release(configuration.CodeSha256)
      return {}
    },

    ListFunctions({ Marker, MaxItems }) {
      const all = Object.values(functions).map(answer).toSorted((a, b) => a.FunctionName.localeCompare(b.FunctionName))
      const { items, next } = pageOf(all, Marker, MaxItems)
      return { Functions: items, ...(next && { NextMarker: next }) }
    },

    ListVersionsByFunction(input) {
      const configuration = answer(find(input))
      return { Versions: [{ ...configuration, FunctionArn: `${configuration.FunctionArn}:$LATEST` }] }
    },

    /** Aliases are not built: no function has any. */
    ListAliases(input) {
      find(input)
      return { Aliases: [] }
    },

    /** Code signing is not built: no function has any. */
    GetFunctionCodeSigningConfig: (input) => ({ FunctionName: find(input).configuration.FunctionName }) as never,

    GetAccountSettings() {
      const sizes = Object.values(functions).map(({ configuration }) => configuration.CodeSize ?? 0)
      const { concurrentExecutions } = document.data
      return {
        AccountLimit: {
          TotalCodeSize: 80_530_636_800, CodeSizeUnzipped: 262_144_000, CodeSizeZipped: 52_428_800, ConcurrentExecutions: concurrentExecutions,
          UnreservedConcurrentExecutions: unreservedLimit(document.data),
        },
        AccountUsage: { TotalCodeSize: sizes.reduce((sum, size) => sum + size, 0), FunctionCount: sizes.length },
      }
    },
  } satisfies Operations<'lambda'>
}

const answer = ({ configuration }: FunctionRecord) => structuredClone(configuration)

function checkRevision({ configuration }: FunctionRecord, expected: string | undefined) {
  if (expected !== undefined && expected !== configuration.RevisionId) throw preconditionFailed()
}
