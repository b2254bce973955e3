import { lines, deployMistake } from '../mistake.ts'

export default deployMistake({
  symptom: 'Requires capabilities : [CAPABILITY_NAMED_IAM]',
  says: [/Requires capabilities : \[CAPABILITY_/, /InsufficientCapabilitiesException/],
  cause: 'The template makes roles, and CloudFormation wants to hear that you know: by hand it asks for a capability.',
  fix: 'npm run deploy says it for you. By hand: aws cloudformation deploy --capabilities CAPABILITY_NAMED_IAM …',
  docs: 'troubleshooting/deploy',
  break: lines('An error occurred (InsufficientCapabilitiesException) when calling the CreateStack operation: Requires capabilities : [CAPABILITY_NAMED_IAM]'),
})
