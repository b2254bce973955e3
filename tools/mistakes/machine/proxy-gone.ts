import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'Could not resolve proxy: proxy.corp.example',
  says: [/Could not resolve proxy/, /Failed to connect to \S*proxy\S* port/i, /getaddrinfo ENOTFOUND \S*proxy\S*/],
  cause: 'A proxy is set that this network does not have, as with a company laptop at home.',
  fix: 'Take it out for now: unset HTTPS_PROXY HTTP_PROXY, npm config delete https-proxy, git config --global --unset http.proxy',
  docs: 'troubleshooting/machine',
  break: lines('fatal: unable to access \'https://github.com/ada/chat/\': Could not resolve proxy: proxy.corp.example'),
})
