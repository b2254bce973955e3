import { deployMistake, edit } from '../mistake.ts'

export default deployMistake({
  symptom: 'AWS_REGION environment variable is reserved by the lambda runtime and can not be set manually.',
  says: [/environment variable is reserved by the lambda runtime/, /environment variables you have provided contains reserved keys/],
  cause: 'The code sets an environment variable that Lambda sets itself, such as AWS_REGION.',
  fix: 'Leave that line out: inside the function process.env.AWS_REGION is there already.',
  at: 'steps/01-connect/connect.ts',
  line: /addEnvironment/,
  docs: 'troubleshooting/deploy',
  break: edit('01-connect/connect.ts', `addEnvironment('TABLE_NAME', table.tableName)`, `addEnvironment('AWS_REGION', chat.region)`),
})
