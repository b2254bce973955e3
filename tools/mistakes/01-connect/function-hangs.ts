import { edit, edits, mistake, tells } from '../mistake.ts'

export default mistake({
  symptom: 'Task timed out after 3.00 seconds',
  says: [/Task timed out after/, /Sandbox\.Timedout/, /Status: timeout/],
  cause: 'The function does not end within its timeout: it waits for something that does not come.',
  fix: 'Look for a promise that never settles, and for a VPC without a way to DynamoDB; a longer timeout only hides it.',
  at: 'steps/01-connect/putConnectedClientToDDB.ts',
  line: /await/,
  docs: 'troubleshooting/connect',
  matches: (evidence) => tells(evidence, /Sandbox\.Timedout|Task timed out/) && !/endpoint\b.{0,20}['"`](wss?|http):\/\//s.test(evidence.source),
  break: edits(
    edit('01-connect/putConnectedClientToDDB.ts', '  await dynamoDB', '  await new Promise((resolve) => { setTimeout(resolve, 60_000) })\n  await dynamoDB'),
    edit('lambda.ts', 'Duration.seconds(5)', 'Duration.seconds(1)'),
  ),
})
