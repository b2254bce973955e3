import { mistake, observed } from '../mistake.ts'

const message = 'Deployment attempt failed: At least one route is required before deploying the Api.'

export default mistake({
  symptom: 'The stage has autoDeploy, and nothing is deployed, or something old is.',
  says: [/Deployment attempt failed: .*/],
  examples: [message],
  cause: 'The stage deploys by itself, and its last try failed: its LastDeploymentStatusMessage says why.',
  fix: 'Mend what the message names (no route? a route without integration?), and change any route: it then tries again.',
  at: 'steps/04-deploy/deploy.ts',
  line: /autoDeploy/,
  docs: 'troubleshooting/deploy',
  matches: ({ step, check, chat: { stage } }) => step === 4 && ['stage-deployed', 'lets-clients-in', 'serves-the-routes'].includes(check) && stage?.autoDeploy === true && /failed/i.test(stage.lastDeploymentStatusMessage ?? ''),
  break: observed({ step: 4, check: 'stage-deployed', chat: { functions: {}, stage: { name: 'beta', autoDeploy: true, lastDeploymentStatusMessage: message } } }),
})
