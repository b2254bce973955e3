import type { Entry } from '../../tools/mistakes/index.ts'

type AwsPage = { title: string, url: string }

const gateway = (page: string) => `https://docs.aws.amazon.com/apigateway/latest/developerguide/${page}.html`
const lambda = (page: string) => `https://docs.aws.amazon.com/lambda/latest/dg/${page}.html`
const dynamodb = (page: string) => `https://docs.aws.amazon.com/amazondynamodb/latest/${page}.html`
const iam = (page: string) => `https://docs.aws.amazon.com/IAM/latest/UserGuide/${page}.html`
const page = (title: string, url: string): AwsPage => ({ title, url })

/** Where AWS tells more, by what the mistake is about. The first that fits counts. */
const SUBJECTS: [RegExp, AwsPage][] = [
  [/ExpiredToken|UnrecognizedClient|InvalidClientToken|could not load credentials|sign in again|SSO/i, page('Configuration and credential precedence', 'https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html')],
  [/SignatureExpired|Signature expired|clock/i, page('Troubleshoot signature errors', iam('reference_sigv-troubleshooting'))],
  [/explicit deny|service control/i, page('How a request is allowed or denied', iam('reference_policies_evaluation-logic'))],
  [/propagat|up to a minute|not every corner/i, page('Changes that I make are not always immediately visible', iam('troubleshoot'))],
  [/bootstrap|CDKToolkit/i, page('CDK bootstrapping', 'https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping.html')],
  [/schema version|cdk CLI|CDK_|synth/i, page('Troubleshooting the AWS CDK', 'https://docs.aws.amazon.com/cdk/v2/guide/troubleshooting.html')],
  [/ROLLBACK|change set|CloudFormation|Stack with id/i, page('Troubleshooting CloudFormation', 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html')],
  [/callback|HandlerNotFound|MalformedHandler|Handler setting/i, page('Lambda function handler in Node.js', lambda('nodejs-handler'))],
  [/runtime|aws-sdk|ES module|CommonJS/i, page('Lambda runtimes', lambda('lambda-runtimes'))],
  [/concurren|ReservedConcurrent|TooManyRequests/i, page('Lambda quotas', lambda('gettingstarted-limits'))],
  [/ManageConnections|@connections|GoneException|410|PostToConnection|endpoint|post(s|ing)?\b/, page('Use @connections commands in your backend service', gateway('apigateway-how-to-call-websocket-api-connections'))],
  [/may not invoke|InvokeFunction/i, page('Resource-based policies of Lambda functions', lambda('access-control-resource-based'))],
  [/stage|autoDeploy|deploy(ed|ment)\b.*route|429|throttl/i, page('Deploy and protect WebSocket APIs', gateway('websocket-api-protect'))],
  [/authorizer|members/i, page('Lambda authorizers of WebSocket APIs', gateway('apigateway-websocket-api-lambda-auth'))],
  [/\$connect|\$disconnect/, page('The routes $connect and $disconnect', gateway('apigateway-websocket-api-route-keys-connect-disconnect'))],
  [/binary|1003/i, page('Binary media types of WebSocket APIs', gateway('websocket-api-develop-binary-media-types'))],
  [/1009|32 KB|128 KB|idle|10 minutes|2 hours/i, page('Quotas of WebSocket APIs', gateway('apigateway-execution-service-websocket-limits-table'))],
  [/mock/i, page('Mock integrations', gateway('how-to-mock-integration'))],
  [/route|selection|Forbidden/i, page('Routes of WebSocket APIs', gateway('websocket-api-develop-routes'))],
  [/Scan|page by page|LastEvaluatedKey/i, page('Scanning tables in DynamoDB', dynamodb('developerguide/Scan'))],
  [/not authorized|AccessDenied|grant/i, page('Troubleshoot access denied errors', iam('troubleshoot_access-denied'))],
  [/TABLE_NAME|environment variable/i, page('Environment variables of Lambda functions', lambda('configuration-envvars'))],
  [/ResourceNotFound|table|ValidationException|AttributeValue|\bkey\b/i, page('Error handling with DynamoDB', dynamodb('developerguide/Programming.Errors'))],
  [/function|timed? out|handler/i, page('Troubleshoot execution issues in Lambda', lambda('troubleshooting-execution'))],
  [/wscat|connect/i, page('Use wscat to connect to a WebSocket API', gateway('apigateway-how-to-call-websocket-api-wscat'))],
]

const ALL = page('WebSocket APIs in API Gateway', gateway('apigateway-websocket-api'))

/** The AWS page to read about this mistake. */
export function awsPageOf({ mistake: { symptom, cause, fix, says } }: Entry): AwsPage {
  const texts = [`${cause} ${fix}`, `${symptom} ${says.map(({ source }) => source).join(' ')}`]
  for (const text of texts) {
    const found = SUBJECTS.find(([about]) => about.test(text))
    if (found) return found[1]
  }
  return ALL
}
