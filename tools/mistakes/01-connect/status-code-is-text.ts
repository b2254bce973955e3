import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'wscat: Unexpected server response: 500 or 502, although the answer looks right.',
  says: [/"statusCode":\s*"\d{3}"/],
  examples: ['Response:\n{\n  "statusCode": "200",\n  "body": "Connected."\n}'],
  cause: 'The status code of the answer is a text. API Gateway takes a number only, and refuses the client.',
  fix: 'Return { statusCode: 200 }, without quotes around the number.',
  at: 'steps/01-connect/putConnectedClientToDDB.ts',
  line: /statusCode/,
  docs: 'troubleshooting/connect',
  matches: ({ check, answer }) => check === 'runs-its-code' && /"statusCode":\s*"/.test(answer?.payload ?? ''),
  break: edit('01-connect/putConnectedClientToDDB.ts', 'statusCode: 200', `statusCode: '200'`),
})
