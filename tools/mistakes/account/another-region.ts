import { machine, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'What others see is not there, and what you deploy nobody finds.',
  says: [],
  cause: 'You work in another region than the event. Each region is a world of its own.',
  fix: 'npm run use aws region=NAME with the event\'s region; npm run destroy first, where you deployed already.',
  docs: 'troubleshooting/account',
  machine: {
    subject: 'region', severity: 'fail',
    seen: ({ region, chosen }) => region?.chosen && chosen?.event.region && region.chosen !== chosen.event.region ? `${region.chosen}; the event is held in ${chosen.event.region}` : undefined,
  },
  break: machine({ region: { chosen: 'us-east-1', named: { AWS_REGION: 'us-east-1' } }, chosen: { cloud: 'aws', event: { region: 'eu-west-1' } } }),
})
