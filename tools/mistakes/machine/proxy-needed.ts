import { machine, mistakeOutside } from '../mistake.ts'

const CUT_OFF = /^(ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|time)/

export default mistakeOutside({
  symptom: 'Browsers and curl get through, and Node runs into a time limit.',
  says: [/tunneling socket could not be established/, /connect ETIMEDOUT .*:443/, /\(?407\)? Proxy Authentication Required/],
  examples: ['Error: tunneling socket could not be established, cause=connect ETIMEDOUT 10.0.0.1:8080'],
  cause: 'The only way out is a proxy, and AWS clients in Node go straight: they do not read HTTPS_PROXY.',
  fix: 'Use a network without one (a phone\'s), or npm run use local. To chat only: npx wscat --proxy http://HOST:PORT -c URL',
  docs: 'troubleshooting/machine',
  machine: {
    subject: 'endpoints', severity: 'fail',
    seen: ({ endpoints = [], proxy }) => {
      const cut = endpoints.filter(({ error = '' }) => CUT_OFF.test(error))
      return cut.length > 0 && (proxy?.https ?? proxy?.http) ? `${cut[0]!.host}: ${cut[0]!.error}; the proxy ${proxy!.https ?? proxy!.http} is set` : undefined
    },
  },
  break: machine({
    endpoints: [{ host: 'sts.eu-west-1.amazonaws.com', error: 'ETIMEDOUT', ms: 5000 }],
    proxy: { https: 'http://proxy.example.com:8080', noProxy: 'localhost,127.0.0.1' },
  }),
})
