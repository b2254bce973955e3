import { machine, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'Everything works, at half the speed.',
  says: [],
  cause: 'This Node is made for Intel processors and runs translated (Rosetta) on an Apple one.',
  fix: 'Install the arm64 build of Node (https://nodejs.org), then delete node_modules and run the command again.',
  docs: 'troubleshooting/machine',
  machine: {
    subject: 'node', severity: 'warn',
    seen: ({ node }) => node?.platform === 'darwin' && node.arch === 'x64' && /Apple/.test(node.cpu ?? '') ? `Node for ${node.arch} on ${node.cpu}` : undefined,
  },
  break: machine({ node: { version: '22.11.0', platform: 'darwin', arch: 'x64', cpu: 'Apple M2', tlsUnchecked: false } }),
})
