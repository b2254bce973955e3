import type { MachineFacts } from '../machine-facts.ts'
import { machine, mistakeOutside } from '../mistake.ts'

const exempt = (noProxy = '') => noProxy.split(/[\s,]+/).some((one) => ['*', 'localhost', '127.0.0.1', '127.0.0.0/8'].includes(one.toLowerCase()))
const isCaught = ({ proxy }: MachineFacts) => Boolean(proxy && (proxy.http ?? proxy.https) && !exempt(proxy.noProxy))

export default mistakeOutside({
  symptom: 'Tools that read HTTP_PROXY get an answer of the company\'s proxy where the local AWS should answer.',
  says: [/CONNECT (127\.0\.0\.1|localhost):\d+/, /proxy.*(127\.0\.0\.1|localhost):\d+|(127\.0\.0\.1|localhost):\d+.*proxy/i],
  examples: ['CONNECT 127.0.0.1:4566 HTTP/1.1'],
  cause: 'A proxy is set and NO_PROXY does not except this machine. The kit goes straight; curl, aws and others ask the proxy instead.',
  fix: 'export NO_PROXY=localhost,127.0.0.1   (PowerShell: $env:NO_PROXY = "localhost,127.0.0.1")',
  docs: 'troubleshooting/machine',
  machine: {
    subject: 'proxy', severity: 'warn',
    seen: (facts) => isCaught(facts) ? `${facts.proxy!.http ?? facts.proxy!.https} is also asked for localhost; NO_PROXY is ${facts.proxy!.noProxy || 'not set'}` : undefined,
  },
  break: machine({ proxy: { http: 'http://proxy.example.com:8080' } }),
})
