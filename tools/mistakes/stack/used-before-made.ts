import { edit, mistake } from '../mistake.ts'

const UNDEFINED = /Cannot read properties of undefined \(reading '(tableName|tableArn|stageName|url|callbackUrl|apiId|functionArn|functionName|addEnvironment|grant\w*|node)'\)/

export default mistake({
  symptom: 'The stack could not be built: Cannot read properties of undefined (reading \'tableName\')',
  says: [UNDEFINED],
  examples: ['TypeError: Cannot read properties of undefined (reading \'tableName\')'],
  cause: 'The code of the stack uses something that is not made yet: a member of chat is undefined until its step has set it.',
  fix: 'Make it first, and keep it: chat.table = table, chat.stage = stage, chat.functions.… = ….',
  docs: 'troubleshooting/deploy',
  // In the code of the stack any member of undefined means that; in a log only what stacks have counts.
  matches: ({ check, log }) => check === 'deploys' && /Cannot read properties of undefined \(reading /.test(log),
  break: edit('01-connect/connect.ts', 'table.tableName)', 'chat.stage!.stageName)'),
})
