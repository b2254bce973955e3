import { deployMistake, edit } from '../mistake.ts'

// Reported as sst #1556 and #4663.
export default deployMistake({
  symptom: 'CloudWatch Logs role ARN must be set in account settings to enable logging',
  says: [/CloudWatch Logs role ARN must be set in account settings/],
  cause: 'The stage shall write logs, and the account has no role with which API Gateway may: that is set once per account and region.',
  fix: 'Leave the logging of the stage out: the functions have logs of their own. Or set the role (API Gateway, Settings).',
  at: 'steps/04-deploy/deploy.ts',
  line: /[lL]og/,
  docs: 'troubleshooting/deploy',
  break: edit('04-deploy/deploy.ts',
    `import { WebSocketStage }`, `import { CfnStage, WebSocketStage }`,
    'chat.stage = stage\n', `chat.stage = stage\n  ;(stage.node.defaultChild as CfnStage).defaultRouteSettings = { loggingLevel: 'INFO', throttlingBurstLimit: 100, throttlingRateLimit: 100 }\n`),
})
