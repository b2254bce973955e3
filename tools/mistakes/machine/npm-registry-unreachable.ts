import { machine, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'npm ci ends with ENOTFOUND, ETIMEDOUT or E401 instead of installing.',
  says: [/npm (ERR!|error).*(ENOTFOUND|ETIMEDOUT|ECONNREFUSED|ECONNRESET|EAI_AGAIN)/, /npm (ERR!|error) code E(401|403)/, /npm (ERR!|error) network/, /npm (?:ERR!|error) code ERR_SOCKET_TIMEOUT/],
  examples: ['npm error code ETIMEDOUT'],
  cause: 'npm cannot reach the registry that it is set to, or the registry does not let it in.',
  fix: 'See which it is: npm config get registry. Behind a proxy: npm config set https-proxy http://HOST:PORT. A private one: npm login.',
  docs: 'troubleshooting/machine',
  machine: {
    subject: 'npm', severity: 'warn',
    // A registry of a company need not know the ping, so that 404 says nothing.
    seen: ({ npm }) => npm?.registryStatus && /^(401|403|407|5\d\d|\D.*)$/.test(npm.registryStatus) ? `${npm.registry} answers ${npm.registryStatus}` : undefined,
  },
  break: machine({ npm: { version: '10.9.0', registry: 'https://npm.example.com/', registryStatus: 'ETIMEDOUT' } }),
})
