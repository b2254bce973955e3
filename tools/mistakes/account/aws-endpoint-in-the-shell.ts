import { machine, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'The cloud is aws, and nothing arrives in the account.',
  says: [],
  cause: 'AWS_ENDPOINT_URL is exported, as npm run env does, and each AWS tool of this terminal goes there.',
  fix: 'unset AWS_ENDPOINT_URL, or open a new terminal. To stay on this machine: npm run use local',
  docs: 'troubleshooting/account',
  machine: {
    subject: 'region', severity: 'warn',
    seen: ({ chosen }) => chosen?.cloud === 'aws' && chosen.endpointVariable ? `AWS_ENDPOINT_URL is ${chosen.endpointVariable}` : undefined,
  },
  break: machine({ chosen: { cloud: 'aws', endpointVariable: 'http://127.0.0.1:4566', event: {} } }),
})
