import { lines, mistakeOutside } from '../mistake.ts'

// Reported as wscat PR #140.
export default mistakeOutside({
  symptom: 'Forbidden, or silence, for a message that looks right: its quotes are curly.',
  says: [/[{:,]\s*[“”„‟″‘’]/],
  cause: 'The quotes are typographic ones, from a document or a chat, and with them the text is not JSON.',
  fix: 'Copy from the code block, or type the quotes again: {"action": "sendMessage", "data": "hi"}',
  docs: 'troubleshooting/client',
  break: lines('> {“action”: “sendMessage”, “data”: “Ground Control to Major Tom”}', '< {"message": "Forbidden", "connectionId":"eHrdFcnvvHcCE-w=", "requestId":"eHrjDEuVPHcFWMg="}'),
})
