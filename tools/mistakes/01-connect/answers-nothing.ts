import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'wscat: Unexpected server response: 500 or 502, although the row is in the table.',
  says: [/Unexpected (?:server response|response code): 50[02]/, /was invoked and answered null/],
  examples: ['error: Unexpected server response: 502', 'error: Unexpected server response: 500'],
  tell: 'The log has a START of the function and no error, and its test in the console answers null.',
  cause: 'The function ends without an answer, and the gateway takes that for a no.',
  fix: 'Return { statusCode: 200, body: \'Connected.\' } at the end of the handler.',
  todo: '1.2',
  at: 'steps/01-connect/putConnectedClientToDDB.ts',
  line: /TODO 1\.2|^}/,
  docs: 'troubleshooting/connect',
  matches: ({ step, check, answer, source }) => step === 1 && check === 'runs-its-code' && answer?.payload === 'null' && !/\bstatusCode\b/.test(source)
    && /PutItem|PutCommand|UpdateItem|UpdateCommand|BatchWrite|TransactWrite|\.put\(|\.putItem\(/.test(source),
  break: edit('01-connect/putConnectedClientToDDB.ts', `return { statusCode: 200, body: 'Connected.' }`, ''),
})
