import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'wscat: Unexpected server response: 403, although the stage is there.',
  says: [/Unexpected (?:server response|response code): 403/, /Nothing was ever deployed to the stage/],
  examples: ['error: Unexpected server response: 403', 'seen   Nothing was ever deployed to the stage beta.'],
  tell: 'The stage is there, and get-stages shows no DeploymentId for it.',
  cause: 'The stage exists and nothing was ever deployed to it: without autoDeploy somebody has to.',
  fix: 'autoDeploy: true for the stage (console: Deploy API).',
  at: 'steps/04-deploy/deploy.ts',
  line: /autoDeploy|new WebSocketStage/,
  docs: 'troubleshooting/deploy',
  matches: ({ check, chat }) => check === 'stage-deployed' && chat.stage?.deploymentId === undefined && !/failed/i.test(chat.stage?.lastDeploymentStatusMessage ?? ''),
  break: edit('04-deploy/deploy.ts', 'autoDeploy: true,', 'autoDeploy: false,'),
})
