import { mistake, observed } from '../mistake.ts'

export default mistake({
  symptom: '{"message": "Forbidden", …} although the route exists and the stage deploys by itself.',
  says: [/"message": "Forbidden", "connectionId/, /Successfully deployed stage with deployment ID/],
  examples: ['{"message": "Forbidden", "connectionId":"eHrdFcnvvHcCE-w=", "requestId":"eHrjDEuVPHcFWMg="}\n    "LastDeploymentStatusMessage": "Successfully deployed stage with deployment ID \'dty748\'"'],
  tell: 'It goes away within a minute or two. The stage has autoDeploy and its last deployment succeeded.',
  // UpdateStage takes 60 to 75 s to reach the data plane (A14.2); the snapshot itself follows the routes where autoDeploy is on.
  cause: 'The stage has the new deployment, and not every gateway serves it yet: that takes about a minute.',
  fix: 'Wait a minute, then verify again. This wait helps; without autoDeploy none would.',
  docs: 'troubleshooting/forbidden',
  matches: ({ check, handshake, chat: { stage } }) => stage?.autoDeploy === true && stage.deploymentId !== undefined && !/failed/i.test(stage.lastDeploymentStatusMessage ?? '')
    && (check === 'serves-the-routes' || check === 'lets-clients-in' && handshake?.status === 403),
  // A first stage serves at once, here as on AWS, so that a fresh cloud cannot show it.
  break: observed({
    step: 4, check: 'serves-the-routes', frames: [{ client: 1, text: '{"message": "Forbidden", "connectionId":"eHrdFcnvvHcCE-w=", "requestId":"eHrjDEuVPHcFWMg="}' }],
    chat: { functions: {}, stage: { name: 'beta', autoDeploy: true, deploymentId: 'dty748', lastDeploymentStatusMessage: `Successfully deployed stage with deployment ID 'dty748'` } },
  }),
})
