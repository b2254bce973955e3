import { machine, mistakeOutside } from '../mistake.ts'

const SHORT_MINUTES = 30

export default mistakeOutside({
  symptom: 'The session at AWS will end before the workshop does.',
  says: [],
  cause: 'Temporary keys end by themselves, and yours do so within half an hour.',
  fix: 'Sign in again before you begin: aws sso login, or copy fresh keys from your account\'s page.',
  docs: 'troubleshooting/account',
  machine: {
    subject: 'credentials', severity: 'warn',
    seen: ({ credentials: { status, minutesLeft } = { status: 'none' } }) => status === 'ok' && minutesLeft !== undefined && minutesLeft < SHORT_MINUTES ? `${minutesLeft} minutes are left` : undefined,
  },
  break: machine({ credentials: { status: 'ok', account: '111122223333', identity: 'arn:aws:iam::111122223333:user/ada', minutesLeft: 12 } }),
})
