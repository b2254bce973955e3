import type { Parameter, ParameterMetadata, ParameterType } from '@aws-sdk/client-ssm'
import { AwsError, notBuilt } from '../aws-error.ts'
import type { Cloud } from '../cloud.ts'
import type { Operations } from '../service.ts'
import type { Place } from '../store.ts'
import { pageOf } from './pages.ts'

/** `modifiedAt` in milliseconds since the epoch. */
type Entry = {
  name: string, type: ParameterType, value: string, version: number, modifiedAt: number, modifiedBy: string
  description?: string, allowedPattern?: string
}

/**
 * The parameter store of one account and region.
 *
 * Differs from AWS: a SecureString is kept as it is (there is no KMS), without WithDecryption a sentence stands for its
 * ciphertext, and former versions are not kept.
 *
 * @see H.2 (facts)
 */
export function parameterOperations(cloud: Cloud, place: Place): Operations<'ssm'> {
  const document = cloud.store.document<{ parameters: Entry[] }>('ssm', place, () => ({ parameters: [] }))
  const find = (name: string) => document.data.parameters.find((entry) => entry.name === name)
  const locate = (nameOrArn: string) => {
    const { names, version } = parse(nameOrArn)
    return { entry: document.data.parameters.find(({ name }) => names.includes(name)), version }
  }
  const sorted = () => document.data.parameters.toSorted((a, b) => a.name < b.name ? -1 : 1)

  return {
    GetParameter({ Name = '', WithDecryption }) {
      const { entry, version } = locate(Name)
      if (!entry) throw new AwsError('ParameterNotFound', '', { status: 400 })
      if (version !== undefined) demandVersion(entry, version)
      return { Parameter: parameterOf(entry, place, WithDecryption) }
    },

    GetParameters({ Names = [], WithDecryption }) {
      const found = Names.flatMap((name) => locate(name).entry ?? [])
      return {
        Parameters: found.map((entry) => parameterOf(entry, place, WithDecryption)),
        InvalidParameters: Names.filter((name) => !locate(name).entry),
      }
    },

    GetParametersByPath({ Path = '', Recursive, WithDecryption, MaxResults = 10, NextToken, ParameterFilters }) {
      if (ParameterFilters?.length) throw notBuilt('ssm GetParametersByPath with ParameterFilters')
      if (!Path.startsWith('/')) throw validation('The parameter path must begin with a forward slash (/).')
      const folder = Path.endsWith('/') ? Path : `${Path}/`
      const below = sorted().filter(({ name }) => name.startsWith(folder) && (Recursive || !name.slice(folder.length).includes('/')))
      const page = pageOf(below, MaxResults, NextToken)
      return { Parameters: page.entries.map((entry) => parameterOf(entry, place, WithDecryption)), NextToken: page.nextToken }
    },

    DescribeParameters({ Filters, ParameterFilters = [], MaxResults = 50, NextToken }) {
      if (Filters?.length) throw notBuilt('ssm DescribeParameters with Filters')
      const matching = sorted().filter((entry) => ParameterFilters.every(({ Key, Option = 'Equals', Values = [] }) => {
        if (Key !== 'Name' || (Option !== 'Equals' && Option !== 'BeginsWith')) throw notBuilt(`ssm DescribeParameters with filter ${Key} ${Option}`)
        return Values.some((value) => Option === 'Equals' ? entry.name === value : entry.name.startsWith(value))
      }))
      const page = pageOf(matching, MaxResults, NextToken)
      return { Parameters: page.entries.map((entry) => metadataOf(entry, place)), NextToken: page.nextToken }
    },

    PutParameter({ Name = '', Value = '', Type, Overwrite, Description, AllowedPattern, Tags, Tier, Policies, DataType = 'text' }, { caller }) {
      if (Tags?.length) throw notBuilt('ssm PutParameter with Tags')
      if (Policies) throw notBuilt('ssm PutParameter with Policies')
      if (DataType !== 'text') throw notBuilt(`ssm PutParameter with DataType ${DataType}`)
      if (Tier && Tier !== 'Standard') throw notBuilt(`ssm PutParameter with Tier ${Tier}`)
      checkName(Name)

      const former = find(Name)
      if (former && !Overwrite) throw new AwsError('ParameterAlreadyExists', ALREADY_EXISTS, { status: 400 })
      const type = Type ?? former?.type
      if (!type) throw validation('A parameter type is required when you create a parameter.')
      checkValue(Value, type, AllowedPattern)

      const entry: Entry = {
        name: Name, type, value: Value, version: (former?.version ?? 0) + 1, modifiedAt: cloud.clock.now(), modifiedBy: caller.arn,
        description: Description ?? former?.description, allowedPattern: AllowedPattern,
      }
      document.data.parameters = [...document.data.parameters.filter(({ name }) => name !== Name), entry]
      document.changed()
      return { Version: entry.version, Tier: 'Standard' }
    },

    DeleteParameter({ Name = '' }) {
      if (!find(Name)) throw new AwsError('ParameterNotFound', '', { status: 400 })
      document.data.parameters = document.data.parameters.filter(({ name }) => name !== Name)
      document.changed()
      return {}
    },

    DeleteParameters({ Names = [] }) {
      const DeletedParameters = Names.filter(find)
      const InvalidParameters = Names.filter((name) => !find(name))
      document.data.parameters = document.data.parameters.filter(({ name }) => !Names.includes(name))
      document.changed()
      return { DeletedParameters, InvalidParameters }
    },
  }
}

/** `arn:aws:ssm:…:parameter/a/b` for both `/a/b` and `a/b`; an ARN stays as it is. */
export const parameterArn = (name: string, { account, region }: Place) =>
  name.startsWith('arn:') ? name : `arn:aws:ssm:${region}:${account}:parameter/${name.replace(/^\//, '').replace(/:.*$/, '')}`

function parameterOf(entry: Entry, place: Place, decrypted = false): Parameter {
  const { name, type, value, version, modifiedAt } = entry
  return {
    Name: name, Type: type, Value: type === 'SecureString' && !decrypted ? ENCRYPTED : value, Version: version,
    LastModifiedDate: new Date(modifiedAt), ARN: parameterArn(name, place), DataType: 'text',
  }
}

const metadataOf = (entry: Entry, place: Place): ParameterMetadata => ({
  Name: entry.name, ARN: parameterArn(entry.name, place), Type: entry.type, LastModifiedDate: new Date(entry.modifiedAt),
  LastModifiedUser: entry.modifiedBy, Description: entry.description, AllowedPattern: entry.allowedPattern, Version: entry.version,
  Tier: 'Standard', Policies: [], DataType: 'text',
})

const ENCRYPTED = '(encrypted: ask for it with WithDecryption)'

/** A parameter may be asked for by name or by ARN, which drops a leading slash, and either may end in `:version`. */
function parse(nameOrArn: string): { names: string[], version?: string } {
  const [, fromArn] = /^arn:aws:ssm:[^:]*:[^:]*:parameter\/(.*)$/.exec(nameOrArn) ?? []
  const [name = '', version] = (fromArn ?? nameOrArn).split(':')
  return { names: fromArn === undefined ? [name] : [`/${name}`, name], version }
}

function demandVersion(entry: Entry, version: string) {
  if (version === String(entry.version)) return
  if (/^\d+$/.test(version) && Number(version) > 0 && Number(version) < entry.version) throw notBuilt('ssm GetParameter of a former version')
  throw new AwsError('ParameterVersionNotFound',
    `Systems Manager could not find version ${version} of ${entry.name}. Verify the version and try again.`, { status: 400 })
}

const ALREADY_EXISTS = 'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.'
const STANDARD_BYTES = 4096

function checkName(name: string) {
  if (!/^[\w.\-/]+$/.test(name))
    throw validation('Parameter name must be a fully qualified name and may use only letters, numbers and the symbols . - _ and /.')
  if (name.includes('/') && !name.startsWith('/')) throw validation('Parameter name must be a fully qualified name.')
  if (/^\/?(aws|ssm)/i.test(name)) throw validation('Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).')
}

function checkValue(value: string, type: ParameterType, allowedPattern?: string) {
  if (value === '') throw validation('Parameter value must not be empty.')
  if (Buffer.byteLength(value) > STANDARD_BYTES)
    throw validation('Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier.')
  if (type !== 'String' && type !== 'StringList' && type !== 'SecureString')
    throw new AwsError('UnsupportedParameterType', `The parameter type ${type} is not supported.`, { status: 400 })
  if (allowedPattern && !new RegExp(allowedPattern).test(value))
    throw new AwsError('ParameterPatternMismatchException', `Parameter value, cannot be validated against allowedPattern: ${allowedPattern}`, { status: 400 })
}

const validation = (message: string) => new AwsError('ValidationException', message, { status: 400 })
