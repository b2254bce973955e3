import { machine, mistakeOutside } from '../mistake.ts'
import { hasNoNetwork } from '../network.ts'

export default mistakeOutside({
  symptom: 'getaddrinfo ENOTFOUND, for every address.',
  says: [/getaddrinfo (EAI_AGAIN|EAI_FAIL)/, /ENETUNREACH|EHOSTUNREACH/],
  examples: ['Error: getaddrinfo EAI_AGAIN sts.us-east-1.amazonaws.com'],
  cause: 'No name can be looked up: there is no network, it waits for a sign-in page, or a VPN is half open.',
  fix: 'Open any page in a browser, reconnect the VPN, then run doctor again. Without a network: npm run use local',
  docs: 'troubleshooting/machine',
  machine: {
    subject: 'endpoints', severity: 'fail',
    seen: ({ endpoints = [], proxy }) => hasNoNetwork(endpoints) && !(proxy?.https ?? proxy?.http)
      ? `${endpoints[0]!.host}: ${endpoints[0]!.error}, and so all ${endpoints.length}` : undefined,
  },
  break: machine({ endpoints: [{ host: 'sts.eu-west-1.amazonaws.com', error: 'EAI_AGAIN', ms: 12 }] }),
})
