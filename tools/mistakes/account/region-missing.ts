import { machine, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'Region is missing',
  says: [/Region is missing/, /You must specify a region/, /No AWS region is set/, /Missing region in config/],
  cause: 'No region is named: not by npm run use, not by AWS_REGION, not by the profile.',
  fix: 'npm run use aws region=eu-west-1, or the region of your event',
  docs: 'troubleshooting/account',
  machine: { subject: 'region', severity: 'fail', seen: ({ region }) => region && !region.chosen ? 'no region is set' : undefined },
  break: machine({ region: { named: {} } }),
})
