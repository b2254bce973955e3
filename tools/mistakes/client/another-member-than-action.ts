import { lines, mistakeOutside } from '../mistake.ts'

// Reported as simple-websockets-chat-app #24.
export default mistakeOutside({
  symptom: 'Forbidden, or silence, for a message whose first member is not action.',
  says: [/"message": "Forbidden"/, /\{\s*"(message|Action|ACTION|actions|route|routeKey|type|event|method)"\s*:\s*"[sS]end_?-?[mM]essages?"/, /^> *\{(?!.*"action").*"(message|data|text|msg)"\s*:/],
  tell: 'Look at what was sent, the line that begins with >.',
  cause: 'The message has no member action, spelt so, by which the API chooses the route.',
  fix: 'Send {"action": "sendMessage", "data": "hi"}',
  docs: 'troubleshooting/client',
  break: lines('> {"message": "sendMessage", "data": "hi"}', '< {"message": "Forbidden", "connectionId":"eHrdFcnvvHcCE-w=", "requestId":"eHrjDEuVPHcFWMg="}'),
})
