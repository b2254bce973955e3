import { machine, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'The local AWS listens on another port than 4566.',
  says: [/EADDRINUSE.*4566/, /Port 4566 is in use by /],
  examples: ['Error: listen EADDRINUSE: address already in use 127.0.0.1:4566'],
  cause: 'Another program has port 4566 (LocalStack does, for one), so the local AWS takes a free one, another each time.',
  fix: 'Stop that program, then npm start again. Or leave it, and take the URLs that npm start prints.',
  docs: 'troubleshooting/machine',
  machine: { subject: 'port', severity: 'warn', seen: ({ port }) => port?.use === 'other' ? `port ${port.port} is taken${port.by ? ` by ${port.by}` : ''}` : undefined },
  break: machine({ port: { port: 4566, use: 'other', by: 'docker-proxy (process 812)' } }),
})
