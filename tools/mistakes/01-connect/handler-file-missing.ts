import { edit, mistake, tells } from '../mistake.ts'

export default mistake({
  symptom: 'Runtime.ImportModuleError: Error: Cannot find module \'app\'',
  says: [/Cannot find module '(app|index|main|handler|lambda|\w*ConnectedClient\w*)'/],
  examples: ['Runtime.ImportModuleError: Error: Cannot find module \'index\'\nRequire stack:\n- /var/runtime/index.mjs'],
  cause: 'Lambda looks for a file that is not in the package: the first half of the Handler setting is the file\'s name.',
  fix: 'The kit packs each function as index.js: the Handler setting is index.handler.',
  at: 'steps/lambda.ts',
  line: /handler:/,
  docs: 'troubleshooting/connect',
  matches: (evidence) => tells(evidence, /Cannot find module '[^'/]+'(\n|\\n)Require stack:(\n|\\n)- \/var\/runtime\//),
  break: edit('lambda.ts', `'index.handler'`, `'putConnectedClientToDDB.handler'`),
})
