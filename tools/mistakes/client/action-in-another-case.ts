import { lines, mistakeOutside } from '../mistake.ts'

// Reported as simple-websockets-chat-app #19.
export default mistakeOutside({
  symptom: 'Forbidden, or silence, for "action": "sendmessage".',
  says: [/"message": "Forbidden"/, /"action"\s*:\s*"(?!sendMessage")\s*[sS][eE][nN][dD][ _-]?[mM][eE][sS][sS][aA][gG][eE][sS]?\s*"/],
  tell: 'Look at what was sent, the line that begins with >.',
  cause: 'The action is spelt in another way than the route: keys of routes are case-sensitive.',
  fix: 'Send {"action": "sendMessage", "data": "hi"}, with a capital M.',
  docs: 'troubleshooting/client',
  break: lines('> {"action": "sendmessage", "data": "hi"}', '< {"message": "Forbidden", "connectionId":"eHrdFcnvvHcCE-w=", "requestId":"eHrjDEuVPHcFWMg="}'),
})
