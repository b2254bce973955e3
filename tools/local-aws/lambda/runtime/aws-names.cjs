'use strict'
// Which host names lead to AWS, and of which kind they are.

const REGIONS = new Set([
  'us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'ca-west-1', 'mx-central-1', 'sa-east-1', 'af-south-1',
  'eu-central-1', 'eu-central-2', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'il-central-1', 'me-central-1', 'me-south-1',
  'ap-east-1', 'ap-east-2', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-south-2',
  'ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-4', 'ap-southeast-5', 'ap-southeast-6', 'ap-southeast-7',
])
const REGIONAL = new Set([
  'apigateway', 'cloudformation', 'dynamodb', 'streams.dynamodb', 'events', 'kinesis', 'kms', 'lambda', 'logs', 'monitoring', 's3', 'secretsmanager', 'sns', 'sqs', 'ssm',
  'states', 'sts', 'xray',
])
const GLOBAL = new Set(['iam', 's3', 'sts'])
const API_ID = /^[a-z0-9]+$/
const ACCOUNT = /^\d{12}$/
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/
const SUFFIX = /^(.+)\.(?:amazonaws\.com|api\.aws)$/

/**
 * @param host a host name, without a port
 * @returns `api` for `{api}.execute-api.{region}.amazonaws.com`, `service` for a service's endpoint, undefined for a name that AWS does not have:
 *   `execute-api.{region}.amazonaws.com` alone is one of those (B7.10), and so is any name with a misspelt region
 */
function kindOfAwsName(host) {
  const labels = SUFFIX.exec(String(host).toLowerCase().replace(/\.$/, ''))?.[1]
  if (!labels) return undefined
  if (GLOBAL.has(labels) || (labels.endsWith('.s3') && BUCKET.test(labels.slice(0, -3)))) return 'service'

  const dot = labels.lastIndexOf('.')
  if (!REGIONS.has(labels.slice(dot + 1))) return undefined
  return kindOfService(labels.slice(0, dot))
}

function kindOfService(name) {
  if (REGIONAL.has(name)) return 'service'
  const dot = name.lastIndexOf('.')
  const [owner, service] = [name.slice(0, dot), name.slice(dot + 1)]
  if (service === 'execute-api' && API_ID.test(owner)) return 'api'
  if (service === 's3' && BUCKET.test(owner)) return 'service'
  if (service === 'ddb' && ACCOUNT.test(owner)) return 'service' // the account's own endpoint of DynamoDB
  return undefined
}

module.exports = { kindOfAwsName }
