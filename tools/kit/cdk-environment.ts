import type { ChosenCloud } from '../lib/cloud.ts'
import { inWorkshop } from '../lib/paths.ts'

/** For the CDK's command line: quiet, offline but for the chosen cloud, and with its caches inside the project. */
export function cdkEnvironment(cloud: ChosenCloud, { home = inWorkshop('cdk') } = {}): NodeJS.ProcessEnv {
  const { AWS_PROFILE: _, AWS_SESSION_TOKEN: __, ...inherited } = process.env
  return {
    ...inherited,
    ...cloud.environment,
    CDK_HOME: home,
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    CDK_DISABLE_VERSION_CHECK: '1',
    // Two to five seconds of each synth; the template is validated by CloudFormation anyway.
    CDK_VALIDATION: 'false',
    JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION: '1',
    JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION: '1',
  }
}
