import { edit, mistake } from '../mistake.ts'

const NOT_DEFINED = /\b(?!exports\b|require\b|module\b)\w+ is not defined$/m

export default mistake({
  symptom: 'ReferenceError: PutItemCommand is not defined',
  says: [/ReferenceError: (?!exports|require|module)\w+ is not defined/],
  cause: 'The code uses a name that it neither makes nor imports.',
  fix: 'Add the name to the import at the top of the file; look at its spelling, too.',
  at: 'steps/01-connect/putConnectedClientToDDB.ts',
  line: /^import/,
  docs: 'troubleshooting/connect',
  // The words of a failed deploy, where it is code of the stack, come without the name of the error.
  matches: ({ check, answer, log }) => answer?.errorType === 'ReferenceError' && NOT_DEFINED.test(answer.errorMessage ?? '') || check === 'deploys' && NOT_DEFINED.test(log),
  break: edit('01-connect/putConnectedClientToDDB.ts', '{ DynamoDBClient, PutItemCommand }', '{ DynamoDBClient }'),
})
