import type { MachineFacts } from '../machine-facts.ts'
import { machine, mistakeOutside } from '../mistake.ts'
import { UNTRUSTED } from '../network.ts'

const untrusted = ({ endpoints = [], webSocket, sharedUrl }: MachineFacts) =>
  [...endpoints, ...[webSocket, sharedUrl].flatMap((one) => one ? [{ host: one.url, error: one.error }] : [])].find(({ error = '' }) => UNTRUSTED.test(error))

export default mistakeOutside({
  symptom: 'self-signed certificate in certificate chain',
  says: [UNTRUSTED, /self[- ]signed certificate( in certificate chain)?/, /Hostname\/IP does not match certificate's altnames/, /unable to (get local issuer certificate|verify the first certificate)/],
  cause: 'Something between here and AWS opens TLS and signs with a company certificate that Node does not know.',
  fix: 'Ask for it as a .pem file: export NODE_EXTRA_CA_CERTS=company.pem. Node 22.15 or newer: NODE_OPTIONS=--use-system-ca',
  docs: 'troubleshooting/machine',
  machine: {
    subject: 'endpoints', severity: 'fail',
    seen: (facts) => {
      const one = untrusted(facts)
      return one && `${one.host}: ${one.error}`
    },
  },
  break: machine({ endpoints: [{ host: 'sts.eu-west-1.amazonaws.com', error: 'SELF_SIGNED_CERT_IN_CHAIN', ms: 40 }] }),
})
