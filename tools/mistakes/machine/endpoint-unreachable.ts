import { machine, mistakeOutside } from '../mistake.ts'
import { hasNoNetwork, UNTRUSTED } from '../network.ts'

export default mistakeOutside({
  symptom: 'One service of AWS cannot be reached, others can.',
  says: [/Could not connect to the endpoint URL/, /getaddrinfo ENOTFOUND \w+\.[a-z]{2}[\w-]+\.amazonaws\.com/],
  examples: ['Error: getaddrinfo ENOTFOUND dynamodb.us-east-1.amazonaws.com'],
  cause: 'A firewall, a VPN or a misspelt region keeps the name from being found or the connection from being made.',
  fix: 'Check the region (npm run use aws region=NAME), turn the VPN off or on, or try another network.',
  docs: 'troubleshooting/machine',
  machine: {
    subject: 'endpoints', severity: 'fail',
    seen: ({ endpoints = [], proxy }) => {
      const failed = endpoints.filter(({ error }) => error !== undefined && !UNTRUSTED.test(error))
      return failed.length > 0 && !hasNoNetwork(endpoints) && !(proxy?.https ?? proxy?.http) ? failed.map(({ host, error }) => `${host}: ${error}`).join(', ') : undefined
    },
  },
  break: machine({ endpoints: [{ host: 'sts.eu-west-1.amazonaws.com', status: 302, ms: 40 }, { host: 'lambda.eu-west-1.amazonaws.com', error: 'ECONNRESET', ms: 30 }] }),
})
