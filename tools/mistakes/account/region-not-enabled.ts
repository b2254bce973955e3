import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'OptInRequired: you are not subscribed to this service.',
  says: [/OptInRequired/, /is not subscribed to this service|not authorized to use the requested (service|region)/, /region (is )?not enabled/i],
  cause: 'The region must be enabled for the account first, or the account is not fully set up yet.',
  fix: 'Take a region that is on by default, such as us-east-1 or eu-west-1: npm run use aws region=NAME',
  docs: 'troubleshooting/account',
  break: lines('OptInRequired: The AWS Access Key Id needs a subscription for the service'),
})
