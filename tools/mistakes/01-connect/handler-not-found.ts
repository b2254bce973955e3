import { edit, mistake, tells } from '../mistake.ts'

export default mistake({
  symptom: 'Runtime.HandlerNotFound: index.handler is undefined or not exported',
  says: [/HandlerNotFound/, /is undefined or not exported/, /MalformedHandlerName/],
  cause: 'Lambda looks for a file and an export that the package does not have.',
  fix: 'Export a function named handler, and let the Handler setting be file.export: index.handler.',
  at: 'steps/01-connect/putConnectedClientToDDB.ts',
  line: /export/,
  docs: 'troubleshooting/connect',
  matches: (evidence) => tells(evidence, /HandlerNotFound|MalformedHandlerName/),
  break: edit('01-connect/putConnectedClientToDDB.ts', 'export async function handler', 'export async function main'),
})
