import { machine, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'ExpiredToken: the security token included in the request is expired',
  says: [/Expired ?Token/, /security token included in the request is expired/, /(Token|session|SSO session) (is|has) expired/i, /The AWS session has expired/, /To refresh this SSO session run/],
  cause: 'Temporary keys end after an hour to a day, and yours have.',
  fix: 'Sign in again (aws sso login, with --profile NAME if you use one), or copy fresh keys from your account\'s page.',
  docs: 'troubleshooting/account',
  machine: {
    subject: 'credentials', severity: 'fail',
    seen: ({ credentials, chosen }) => credentials?.status === 'expired' ? `the session of ${chosen?.profile ? `profile ${chosen.profile}` : 'these keys'} has ended` : undefined,
  },
  break: machine({ credentials: { status: 'expired' }, chosen: { cloud: 'aws', profile: 'workshop', event: {} } }),
})
