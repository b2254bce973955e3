import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'Silence after a message that has no data.',
  says: [/\{\s*"action"\s*:\s*"sendMessage"(?!.*"data"\s*:).*\}/],
  cause: 'The message has no member data, spelt so, and there is nothing to say.',
  fix: 'Send {"action": "sendMessage", "data": "hi"}',
  docs: 'troubleshooting/client',
  break: lines('> {"action": "sendMessage", "message": "hi"}'),
})
