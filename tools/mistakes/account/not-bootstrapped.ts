import { machine, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'SSM parameter /cdk-bootstrap/hnb659fds/version not found. Has the environment been bootstrapped?',
  says: [/\/cdk-bootstrap\/\w+\/version not found/, /(is|been) (not )?bootstrapped|run 'cdk bootstrap'/i, /Could not assume role .*cdk-hnb659fds/, /No bucket named 'cdk-hnb659fds-assets/, /This stack uses assets, so the toolkit stack must be deployed/],
  cause: 'The CDK needs a bucket and some roles of its own in each account and region, and here they are missing.',
  fix: 'Once per account and region: npm run cdk bootstrap. It takes two minutes and needs administrator rights.',
  docs: 'troubleshooting/account',
  machine: { subject: 'bootstrap', severity: 'fail', seen: ({ bootstrap }) => bootstrap && bootstrap.version === undefined && !bootstrap.denied ? 'no /cdk-bootstrap/hnb659fds/version' : undefined },
  break: machine({ bootstrap: {} }),
})
