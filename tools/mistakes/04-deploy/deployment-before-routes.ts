import { deployMistake, lines } from '../mistake.ts'

// aws-cdk #8646: a deployment of one's own knows nothing of the routes that it needs.
export default deployMistake({
  symptom: 'At least one route is required before deploying the Api.',
  says: [/At least one route is required before deploying the Api/, /Unable to deploy API because no routes exist in this API/],
  cause: 'CloudFormation makes the deployment before the routes: nothing in the template says that it needs them.',
  fix: 'Take autoDeploy: true in place of a deployment of your own, or let it depend on each route.',
  at: 'steps/04-deploy/deploy.ts',
  line: /Deployment/,
  docs: 'troubleshooting/deploy',
  break: lines('Resource handler returned message: "At least one route is required before deploying the Api. (Service: ApiGatewayV2, Status Code: 400)"'),
})
