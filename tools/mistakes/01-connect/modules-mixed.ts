import { mistake, observed, tells } from '../mistake.ts'

const MIXED = /is not defined in ES module scope|Cannot use import statement outside a module|Unexpected token 'export'/

export default mistake({
  symptom: 'ReferenceError: exports is not defined in ES module scope, or: Cannot use import statement outside a module',
  says: [MIXED],
  examples: ['ReferenceError: exports is not defined in ES module scope', 'SyntaxError: Cannot use import statement outside a module'],
  cause: 'Two kinds of module are mixed: exports and require belong to .cjs, import and export to .mjs.',
  fix: 'In the console name the file index.mjs and write export const handler = async (event) => …, or bundle it: the kit does.',
  docs: 'troubleshooting/connect',
  matches: (evidence) => tells(evidence, MIXED),
  break: observed({ check: 'runs-its-code', answer: { errorType: 'ReferenceError', errorMessage: 'exports is not defined in ES module scope', payload: '{"errorType":"ReferenceError"}' } }),
})
