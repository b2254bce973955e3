import { machine, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'npm: command not found',
  says: [/npm: (command )?not found/, /'npm' is not recognized/, /command not found: npm/],
  cause: 'Node is there, and npm is not: some Linux packages come without it.',
  fix: 'Install Node from https://nodejs.org or with nvm, which both bring npm.',
  docs: 'troubleshooting/machine',
  machine: { subject: 'npm', severity: 'warn', seen: ({ npm }) => npm && !npm.version ? 'no npm beside this Node' : undefined },
  break: machine({ npm: { registry: 'https://registry.npmjs.org/' } }),
})
