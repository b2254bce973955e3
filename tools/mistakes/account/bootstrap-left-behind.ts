import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'CDKToolkit fails: cdk-hnb659fds-assets-… already exists.',
  says: [/(?:Resource handler returned message: "?)?cdk-\w+-assets-[\w-]+ already exists.*/, /BucketAlreadyOwnedByYou.*/],
  examples: [
    '3:51:54 AM | CREATE_FAILED | AWS::S3::Bucket | StagingBucket cdk-hnb659fds-assets-111122223333-us-east-1 already exists',
  ],
  cause: 'The stack CDKToolkit was deleted once, and its bucket stayed: CloudFormation keeps it, and cannot make it again.',
  fix: 'Empty and delete the bucket cdk-hnb659fds-assets-ACCOUNT-REGION, delete the failed stack CDKToolkit, then: npm run cdk bootstrap',
  docs: 'troubleshooting/account',
  break: lines('3:51:54 AM | CREATE_FAILED | AWS::S3::Bucket | StagingBucket', 'Resource handler returned message: "cdk-hnb659fds-assets-111122223333-us-east-1 already exists (Service: S3, Status Code: 0, Request ID: null)"'),
})
