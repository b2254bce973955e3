import { machine, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'Roles may not be assumed by root accounts.',
  says: [/Roles may not be assumed by root accounts/],
  cause: 'These are keys of the account\'s root user, which may assume no role and may do everything else.',
  fix: 'Delete them, and sign in as a user or role (IAM Identity Center) with administrator rights.',
  docs: 'troubleshooting/account',
  machine: { subject: 'credentials', severity: 'warn', seen: ({ credentials }) => credentials?.identity?.endsWith(':root') ? `${credentials.identity} is the root user` : undefined },
  break: machine({ credentials: { status: 'ok', account: '111122223333', identity: 'arn:aws:iam::111122223333:root' } }),
})
