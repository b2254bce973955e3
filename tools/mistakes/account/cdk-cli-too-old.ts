import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'Cloud assembly schema version mismatch',
  says: [/Cloud assembly schema version mismatch/, /This CDK CLI is not compatible with the CDK library/, /need at least CLI version/],
  cause: 'A cdk that was installed globally is older than the library of this kit.',
  fix: 'Use the kit\'s own: npm run cdk deploy. To be rid of the other: npm uninstall -g aws-cdk',
  docs: 'troubleshooting/account',
  break: lines(
    'This CDK CLI is not compatible with the CDK library used by your application. Please upgrade the CLI to the latest version.',
    '(Cloud assembly schema version mismatch: Maximum schema version supported is 36.0.0, but found 54.0.0)',
  ),
})
