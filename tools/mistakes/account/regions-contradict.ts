import { machine, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'The kit finds the chat, and aws or the console does not.',
  says: [],
  cause: 'Settings, environment and profile name different regions, so each tool may look in another one.',
  fix: 'Name one: npm run use aws region=NAME, and export AWS_REGION=NAME for the other tools.',
  docs: 'troubleshooting/account',
  machine: {
    subject: 'region', severity: 'warn',
    seen: ({ region }) => region && new Set(Object.values(region.named)).size > 1 ? Object.entries(region.named).map(([where, name]) => `${where} ${name}`).join(', ') : undefined,
  },
  break: machine({ region: { chosen: 'eu-west-1', named: { settings: 'eu-west-1', AWS_REGION: 'us-east-1' } } }),
})
