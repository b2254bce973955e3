import { edit, mistake, tells } from '../mistake.ts'

export default mistake({
  symptom: 'The log says that the table name is missing, or AccessDenied on table/*, although TABLE_NAME is set.',
  says: [/not authorized to perform: dynamodb:\w+ on resource: \S+:table\/\*/, /Value null at 'tableName'/],
  examples: ['AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/r/putConnectedClientToDDB is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:us-east-1:111122223333:table/* because no identity-based policy allows the dynamodb:PutItem action'],
  tell: 'The variable that the code reads is not one that the function has: compare process.env.… with addEnvironment.',
  cause: 'The code reads another environment variable than TABLE_NAME, and that one is not set.',
  fix: 'TableName: process.env.TABLE_NAME, spelt exactly so.',
  at: 'steps/01-connect/putConnectedClientToDDB.ts',
  line: /process\.env/,
  docs: 'troubleshooting/connect',
  matches: (evidence) => /process\.env\.(?!TABLE_NAME\b|AWS_)\w+/.test(evidence.source) && tells(evidence, /'tableName' failed to satisfy|:table\/\*|No value provided for [^\n]*TableName/),
  break: edit('01-connect/putConnectedClientToDDB.ts', 'process.env.TABLE_NAME', 'process.env.TABLENAME'),
})
