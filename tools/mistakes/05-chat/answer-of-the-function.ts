import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'What the function returns never arrives.',
  says: [/read nothing\. frames\.noData says "(?!Forbidden).*/],
  examples: ['seen   A client sent {"action": "sendMessage"} and read nothing. frames.noData says "The message has no data.".'],
  cause: 'A route is one-way unless it has a route response: what the function returns, status and body, is read by nobody.',
  fix: 'Write silence; what the function wants to be read it has to post.',
  at: 'steps/05-chat/frames.ts',
  line: /noData:/,
  docs: 'troubleshooting/chat',
  matches: ({ check, claim }) => check === 'no-data' && claim?.came?.length === 0,
  break: edit('05-chat/frames.ts', `reads: 'silence', // the function answers 400`, `reads: 'The message has no data.', // the function answers 400`),
})
