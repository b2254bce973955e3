import type { Entry } from '../../tools/mistakes/index.ts'

type AwsPage = { title: string, url: string }

const gateway = (page: string) => `https://docs.aws.amazon.com/apigateway/latest/developerguide/${page}.html`
const lambda = (page: string) => `https://docs.aws.amazon.com/lambda/latest/dg/${page}.html`
const dynamodb = (page: string) => `https://docs.aws.amazon.com/amazondynamodb/latest/${page}.html`
const iam = (page: string) => `https://docs.aws.amazon.com/IAM/latest/UserGuide/${page}.html`
const page = (title: string, url: string): AwsPage => ({ title, url })

/** Where AWS tells more, by what the mistake is about. The first that fits counts. */
const STEPS: [RegExp, AwsPage][] = [
  [/Stack with id/, page('Troubleshooting CloudFormation', 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html')],
  [/context, callback|HandlerNotFound|Handler setting/, page('Lambda function handler in Node.js', lambda('nodejs-handler'))],
  [/runtime|aws-sdk|ES module|CommonJS/i, page('Lambda runtimes', lambda('lambda-runtimes'))],
  [/may not invoke/i, page('Resource-based policies of Lambda functions', lambda('access-control-resource-based'))],
  [/no environment variable|TABLE_NAME names/, page('Environment variables of Lambda functions', lambda('configuration-envvars'))],
  [/event\.connectionId/, page('Integration requests of WebSocket APIs', gateway('apigateway-websocket-api-integration-requests'))],
  [/may not (read|delete|put)/, page('Troubleshoot access denied errors', iam('troubleshoot_access-denied'))],
  [/one page|page by page|LastEvaluatedKey/i, page('Scanning tables in DynamoDB', dynamodb('developerguide/Scan'))],
  [/printed URL|wss:\/\/ is for clients|WebSocketURL/, page('Invoke WebSocket APIs', gateway('apigateway-how-to-call-websocket-api'))],
  [/@connections|GoneException|410|endpoint|posts?\b|posting/i, page('Use @connections commands in your backend service', gateway('apigateway-how-to-call-websocket-api-connections'))],
  [/throttl|429/i, page('Protect WebSocket APIs', gateway('websocket-api-protect'))],
  [/\$connect|\$disconnect|without an answer/, page('The routes $connect and $disconnect', gateway('apigateway-websocket-api-route-keys-connect-disconnect'))],
  [/\bstage\b|deployment/i, page('Deploy a WebSocket API', gateway('apigateway-set-up-websocket-deployment'))],
  [/mock/i, page('Mock integrations', gateway('how-to-mock-integration'))],
  [/\broutes?\b|selection expression/i, page('Routes of WebSocket APIs', gateway('websocket-api-develop-routes'))],
  [/\btable\b|\bkeys?\b/i, page('Error handling with DynamoDB', dynamodb('developerguide/Programming.Errors'))],
  [/function|handler/i, page('Troubleshoot execution issues in Lambda', lambda('troubleshooting-execution'))],
  [/./, page('WebSocket APIs in API Gateway', gateway('apigateway-websocket-api'))],
]

const STACK: [RegExp, AwsPage][] = [
  [/\brole\b.*assume|assumed/i, page('Execution roles of Lambda functions', lambda('lambda-intro-execution-role'))],
  [/AWS_REGION|reserved/, page('Environment variables of Lambda functions', lambda('configuration-envvars'))],
  [/262144000|250 MB|too large/i, page('Lambda quotas', lambda('gettingstarted-limits'))],
  [/import|Construct|cdk\.json|--app|docker|bundl|syntax/i, page('Troubleshooting the AWS CDK', 'https://docs.aws.amazon.com/cdk/v2/guide/troubleshooting.html')],
  [/./, page('Troubleshooting CloudFormation', 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html')],
]

const ACCOUNT: [RegExp, AwsPage][] = [
  [/takes up to a minute|not every corner/i, page('Changes that I make are not always immediately visible', iam('troubleshoot'))],
  [/region must be enabled|OptInRequired/i, page('Enable or disable regions of an account', 'https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html')],
  [/bootstrap|The CDK needs/i, page('CDK bootstrapping', 'https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping.html')],
  [/Cloud assembly|globally/i, page('Troubleshooting the AWS CDK', 'https://docs.aws.amazon.com/cdk/v2/guide/troubleshooting.html')],
  [/concurren/i, page('Lambda quotas', lambda('gettingstarted-limits'))],
  [/\bruntime\b/i, page('Lambda runtimes', lambda('lambda-runtimes'))],
  [/a few changes per second|Rate exceeded/i, page('Quotas of API Gateway', gateway('limits'))],
  [/already exists/i, page('Troubleshooting CloudFormation', 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html')],
  [/explicit deny/i, page('How a request is allowed or denied', iam('reference_policies_evaluation-logic'))],
  [/not authorized|lacks rights|AccessDenied/i, page('Troubleshoot access denied errors', iam('troubleshoot_access-denied'))],
  [/root user/i, page('The root user of an account', iam('id_root-user'))],
  [/AWS_ENDPOINT_URL/, page('Service-specific endpoints', 'https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html')],
  [/\bregions?\b/i, page('The region that SDKs and tools use', 'https://docs.aws.amazon.com/sdkref/latest/guide/feature-region.html')],
  [/./, page('Credentials of SDKs and tools', 'https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html')],
]

const MACHINE: [RegExp, AwsPage][] = [
  [/\bclock\b/i, page('Troubleshoot signature errors', iam('reference_sigv-troubleshooting'))],
  [/upgrade to a WebSocket/i, page('Invoke WebSocket APIs', gateway('apigateway-how-to-call-websocket-api'))],
  [/global packages|wscat/i, page('Use wscat to connect to a WebSocket API', gateway('apigateway-how-to-call-websocket-api-wscat'))],
]

const CLIENT: [RegExp, AwsPage][] = [
  [/binary|1003/i, page('Binary media types of WebSocket APIs', gateway('websocket-api-develop-binary-media-types'))],
  [/1009|32 KB|128 KB|idle|10 minutes|2 hours|two hours/i, page('Quotas of WebSocket APIs', gateway('apigateway-execution-service-websocket-limits-table'))],
  [/authorizer/i, page('Lambda authorizers of WebSocket APIs', gateway('apigateway-websocket-api-lambda-auth'))],
  [/action|route|Forbidden/, page('Routes of WebSocket APIs', gateway('websocket-api-develop-routes'))],
  [/./, page('Use wscat to connect to a WebSocket API', gateway('apigateway-how-to-call-websocket-api-wscat'))],
]

/** The AWS page to read about this mistake; undefined where it is not about AWS, as with a full disk. */
export function awsPageOf({ place, mistake: { symptom, cause, fix, says } }: Entry): AwsPage | undefined {
  const subjects = { stack: STACK, account: ACCOUNT, machine: MACHINE, client: CLIENT }[place] ?? STEPS
  const whole = [cause, fix, symptom, ...says.map(({ source }) => source)].join(' ')
  const [, found] = subjects.find(([about]) => about.source !== '.' && about.test(cause)) ?? subjects.find(([about]) => about.test(whole)) ?? []
  return found
}
