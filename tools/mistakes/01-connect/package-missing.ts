import { edit, importing, mistake, tells } from '../mistake.ts'

export default mistake({
  symptom: 'Runtime.ImportModuleError: Error: Cannot find module \'uuid\'',
  says: [/Runtime\.ImportModuleError: Error: Cannot find (module|package) '(?!aws-sdk'|\.|(app|index|main|handler|lambda|\w*ConnectedClient\w*)')[@\w]/],
  cause: 'The code imports a package that is neither installed here nor part of the Lambda runtime.',
  fix: 'Install it (npm install NAME), so that it gets into the bundle, or do without: node:crypto has randomUUID.',
  at: 'steps/01-connect/putConnectedClientToDDB.ts',
  line: /import|require/,
  docs: 'troubleshooting/connect',
  matches: (evidence) => tells(evidence, /Cannot find (module|package) '(?!aws-sdk')[@\w][^']*'(\n|\\n)Require stack:(\n|\\n)- \/var\/task\/|Cannot find package '(?!aws-sdk')/),
  break: edit('01-connect/putConnectedClientToDDB.ts', 'import type {', `${importing('v4', 'uuid-of-a-workshop')}console.log(v4)\nimport type {`),
})
