import { machine, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'A URL on port 4566 answers, and knows nothing of your API.',
  says: [],
  cause: 'The local AWS of another copy of this kit runs too and has the usual port; yours takes a free one.',
  fix: 'Stop the other one with Ctrl-C if you do not need it. Else take the URLs that your own npm start prints.',
  docs: 'troubleshooting/machine',
  machine: {
    subject: 'port', severity: 'warn',
    seen: ({ port }) => port?.use === 'kit' ? `port ${port.port} has the local AWS of another folder${port.by ? `: ${port.by}` : ''}` : undefined,
  },
  break: machine({ port: { port: 4566, use: 'kit', by: 'node (process 4711)' } }),
})
