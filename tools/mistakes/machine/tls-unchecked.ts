import { machine, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'Node warns with each command that TLS connections are insecure.',
  says: [/Setting the NODE_TLS_REJECT_UNAUTHORIZED environment variable to '0'/],
  examples: [
    `(node:4711) Warning: Setting the NODE_TLS_REJECT_UNAUTHORIZED environment variable to '0' makes TLS connections and HTTPS requests insecure`,
  ],
  cause: 'NODE_TLS_REJECT_UNAUTHORIZED=0 is set: nobody checks who answers, so your keys could go to anyone.',
  fix: 'Unset it. For a company certificate set NODE_EXTRA_CA_CERTS to its .pem file instead.',
  docs: 'troubleshooting/machine',
  machine: { subject: 'node', severity: 'warn', seen: ({ node }) => node?.tlsUnchecked ? 'NODE_TLS_REJECT_UNAUTHORIZED is 0' : undefined },
  break: machine({ node: { version: '22.11.0', platform: 'linux', arch: 'x64', tlsUnchecked: true } }),
})
