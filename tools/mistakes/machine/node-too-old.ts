import { machine, mistakeOutside } from '../mistake.ts'

/** The `engines` of package.json; run.mjs refuses the rest before anything is loaded. */
const isOld = (version: string) => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major < 20 || (major === 20 && minor < 19)
}

export default mistakeOutside({
  symptom: 'No command starts: this kit needs Node 20.19 or newer.',
  says: [/This kit needs Node 20\.19 or newer/, /EBADENGINE|Unsupported engine/, /does not provide an export named 'styleText'/],
  examples: ['npm WARN EBADENGINE Unsupported engine {'],
  cause: 'The Node that this terminal finds first is older than 20.19.',
  fix: 'Install Node 22 or 24 (https://nodejs.org, or nvm install 22), open a new terminal, and check with: node --version',
  docs: 'troubleshooting/machine',
  machine: {
    subject: 'node', severity: 'fail',
    seen: ({ node }) => node && isOld(node.version) ? `Node ${node.version}; 20.19 or newer is needed` : undefined,
  },
  break: machine({ node: { version: '18.20.4', platform: 'linux', arch: 'x64', tlsUnchecked: false } }),
})
