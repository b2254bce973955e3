import { deployMistake, lines } from '../mistake.ts'

// G2.1, since November 2025.
export default deployMistake({
  symptom: 'The following hook(s)/validation failed: [AWS::EarlyValidation::ResourceExistenceCheck].',
  says: [/AWS::EarlyValidation::\w+/, /NAME_CONFLICT_VALIDATION/],
  cause: 'CloudFormation looked before it began, and a name is taken (ResourceExistenceCheck) or a property is wrong.',
  fix: 'The CDK prints the resource below this line. A taken name: delete the other, or npm run use aws suffix=ada.',
  docs: 'troubleshooting/deploy',
  break: lines('The following hook(s)/validation failed: [AWS::EarlyValidation::ResourceExistenceCheck]. To troubleshoot Early Validation errors, use the DescribeEvents API for detailed failure information.'),
})
