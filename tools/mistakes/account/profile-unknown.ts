import { machine, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'The profile that was asked for does not exist.',
  says: [/The config profile \([^)]*\) could not be found/, /Could not resolve credentials using profile/, /Profile \S+ could not be found/],
  examples: ['The config profile (workshp) could not be found'],
  cause: 'AWS_PROFILE or npm run use names a profile that is in neither ~/.aws/config nor ~/.aws/credentials.',
  fix: 'See which there are (aws configure list-profiles), then: npm run use aws profile=NAME',
  docs: 'troubleshooting/account',
  machine: {
    subject: 'credentials', severity: 'fail',
    seen: ({ credentials, chosen }) => credentials?.status === 'no-profile' ? `no profile "${chosen?.profile ?? 'default'}" in ~/.aws` : undefined,
  },
  break: machine({ credentials: { status: 'no-profile' }, chosen: { cloud: 'aws', profile: 'workshp', event: {} } }),
})
