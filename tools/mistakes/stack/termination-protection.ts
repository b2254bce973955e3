import { lines, deployMistake } from '../mistake.ts'

export default deployMistake({
  symptom: 'Stack [ChatStack] cannot be deleted while TerminationProtection is enabled',
  says: [/cannot be deleted while TerminationProtection is enabled/],
  cause: 'Somebody has protected the stack from being deleted. Nothing of it was touched.',
  fix: 'If it is yours: aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ChatStack',
  docs: 'troubleshooting/deploy',
  break: lines('ValidationError: Stack [ChatStack] cannot be deleted while TerminationProtection is enabled'),
})
