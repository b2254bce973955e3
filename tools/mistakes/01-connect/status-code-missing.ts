import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'wscat: Unexpected server response: 500 or 502, although the function returns something.',
  says: [/was invoked and answered \{.*\}, without a status/, /^\s*"?(status|statuscode|StatusCode|status_code)"?:\s*"?[2-5]\d\d\b/, /Execution failed due to configuration error: Malformed Lambda proxy response.*/],
  examples: ['seen   The function was invoked and answered {"status":200,"body":"Connected."}, without a status.', 'Response:\n{\n  "status": 200,\n  "body": "Connected."\n}'],
  cause: 'The answer has no member statusCode, spelt so, and without it API Gateway refuses the client.',
  fix: 'Return { statusCode: 200, body: \'Connected.\' }. The C is a capital.',
  at: 'steps/01-connect/putConnectedClientToDDB.ts',
  line: /return\b/,
  docs: 'troubleshooting/connect',
  matches: ({ check, answer }) => check === 'runs-its-code' && answer !== undefined && answer.errorMessage === undefined && answer.errorType === undefined
    && answer.payload !== 'null' && !answer.payload.includes('"statusCode"'),
  break: edit('01-connect/putConnectedClientToDDB.ts', 'statusCode: 200', 'status: 200'),
})
