import { machine, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'Everything deploys, into an account that is not the one of the event.',
  says: [/Need to perform AWS calls for account \d+, but the current credentials are for \d+/],
  examples: ['Need to perform AWS calls for account 444455556666, but the current credentials are for 111122223333'],
  cause: 'The keys belong to another account: the default profile, or keys that were exported earlier and win.',
  fix: 'npm run use aws profile=NAME for the event\'s account; take away old exports (AWS_ACCESS_KEY_ID, AWS_PROFILE).',
  docs: 'troubleshooting/account',
  machine: {
    subject: 'credentials', severity: 'fail',
    seen: ({ credentials, chosen }) => chosen?.event.account && credentials?.account && credentials.account !== chosen.event.account
      ? `account ${credentials.account}; the event is held in ${chosen.event.account}` : undefined,
  },
  break: machine({ credentials: { status: 'ok', account: '111122223333' }, chosen: { cloud: 'aws', event: { account: '444455556666' } } }),
})
