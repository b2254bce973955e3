import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: '{"message": "Internal server error", …} as the answer to a message.',
  says: [/"message": ?"Internal server error", ?"connectionId"/],
  tell: 'The log of the function has a START at that moment, and an ERROR or a timeout below it.',
  cause: 'The function behind the route threw an error, took longer than its timeout, or answered something that is no answer.',
  fix: 'npm run logs: the line with ERROR, or "Task timed out", says why. No new line at all? Then look at route-not-permitted.',
  docs: 'troubleshooting/send-message',
  break: lines('{"message": "Internal server error", "connectionId":"gbii945iEQAYKEidDA==", "requestId":"EP43GFy6IAMEhfA="}'),
})
