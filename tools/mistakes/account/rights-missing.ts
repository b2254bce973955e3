import { machine, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'AccessDenied for you, not for a function: no identity-based policy allows the action.',
  says: [/(user|assumed-role)\/\S+ is not authorized to perform: (sts:AssumeRole|cloudformation:\w+|ssm:\w+|iam:\w+|apigateway:\w+)(?!.*explicit deny)/, /could not be used to assume 'arn:aws:iam::\d+:role\/cdk-/, /User doesn't have permission to call ssm:\w+/],
  examples: [
    'User: arn:aws:iam::111122223333:user/ada is not authorized to perform: cloudformation:DescribeStacks on resource: arn:aws:cloudformation:us-east-1:111122223333:stack/ChatStack/*',
    "ChatStack failed: ValidationError: AccessDenied. User doesn't have permission to call ssm:GetParameters",
  ],
  cause: 'Your user or role, or the role that CloudFormation works as, lacks rights that deploy and verify need.',
  fix: 'Ask whoever runs the account for the participant\'s policy, or use a sandbox account, or npm run use local',
  docs: 'troubleshooting/account',
  machine: { subject: 'permissions', severity: 'warn', seen: ({ permissions }) => permissions && permissions.denied.length > 0 ? `not allowed: ${permissions.denied.join(', ')}` : undefined },
  break: machine({ permissions: { denied: ['sts:AssumeRole', 'cloudformation:DescribeStacks'], asked: 7 } }),
})
