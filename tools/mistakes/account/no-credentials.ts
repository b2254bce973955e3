import { machine, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'Could not load credentials from any providers',
  says: [/Could not load credentials from any providers/, /Unable to (locate credentials|resolve AWS account to use)/, /Need to perform AWS calls for account \S+, but no credentials/, /No AWS credentials were found/, /Partial credentials found in (?:env|\S+), missing/, /Missing credentials in config/],
  cause: 'Neither the environment nor the profile holds keys, and nobody has signed in.',
  fix: 'aws sso login, or export the keys that your account\'s page shows, then: npm run use aws. No account: npm run use local',
  docs: 'troubleshooting/account',
  machine: { subject: 'credentials', severity: 'fail', seen: ({ credentials }) => credentials?.status === 'none' ? 'no keys in the environment, in a profile or from a sign-in' : undefined },
  break: machine({ credentials: { status: 'none' } }),
})
