import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'Forbidden once for each line of a pasted message.',
  says: [/^> *\{ *("\w+": *"[^"]*",)? *$/, /^> *"\w+" *: *"[^"]*",? *\}?$/, /^> *\} *$/],
  cause: 'The message was pasted in several lines, and wscat sends each line as a message of its own.',
  fix: 'Paste it as one line: {"action": "sendMessage", "data": "hi"}',
  docs: 'troubleshooting/client',
  break: lines('> {', '< {"message": "Forbidden", "connectionId":"eHrdFcnvvHcCE-w=", "requestId":"eHrjDEuVPHcFWMg="}',
    '> "action": "sendMessage",', '< {"message": "Forbidden", "connectionId":"eHrdFcnvvHcCE-w=", "requestId":"eHrjFEuVPHcFWMg="}', '> "data": "hi" }'),
})
