import { lines, mistakeOutside } from '../mistake.ts'

// Not imitated by a mutant: the gateway waits for 29 s (A8.7).
export default mistakeOutside({
  symptom: '{"message": "Endpoint request timed out", …} half a minute after a message.',
  says: [/"message": ?"Endpoint request timed out"/, /Unexpected (?:server response|response code): 504/],
  tell: 'It comes 29 s after the message, and the REPORT line of the function shows a longer duration.',
  cause: 'The function took longer than 29 s, the longest that API Gateway waits for an answer.',
  fix: 'Make it quicker: post to all at once, not one after the other. A queue takes what may last longer (step 9).',
  at: 'steps/02-send-message/sendMessageToConnectedClient.ts',
  docs: 'troubleshooting/send-message',
  break: lines('{"message": "Endpoint request timed out", "connectionId":"eHrdFcnvvHcCE-w=", "requestId":"eHrjDEuVPHcFWMg="}'),
})
